import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { compileDefinition } from '../../definition/compile.ts';
import {
  definitionText,
  handshakeScript,
  scriptPolicy,
  upgradePolicy,
} from '../../started-gateway.fixture.ts';
import { closeTarget, switching, withTarget } from '../one-target.fixture.ts';
import { ask } from '../plain-request.fixture.ts';

afterEach(closeTarget);

const word = () => randomBytes(6).toString('hex');
const parsePolicy = (more: string[] = []) =>
  ['- parse:', '    version: 2.0.0', ...more.map((line) => `    ${line}`)].join('\n');
/** Tells what a script finds: the type of the body, and one member. */
const looking = (name = 'message.body') =>
  scriptPolicy(`var body = context.get('${name}');
context.message.header.set('X-Type', body instanceof Buffer ? 'Buffer' : typeof body);
context.message.header.set('X-Member', body && body.list ? body.list[0].name : 'none');`);

async function posted(policy: string, body: string, type = 'application/json') {
  const started = await withTarget({ onUpgrade: switching() }, policy);
  const answer = await ask(started, { method: 'POST', body, headers: { 'Content-Type': type } });
  return { started, answer, seen: [answer.headers['x-type'], answer.headers['x-member']] };
}

describe('parse', () => {
  it('makes the body an object for a script; the client’s own bytes stay the body', async () => {
    const name = word();
    const text = `{ "list" : [ {"name": "${name}"} ], "big": 1e3 }`;
    const { answer, seen } = await posted(`${parsePolicy()}\n${looking()}`, text);
    expect(seen).toEqual(['object', name]);
    expect(JSON.parse(answer.body)).toEqual(JSON.parse(text));
    await closeTarget();
    expect((await posted(parsePolicy(), text)).answer.body).toBe(text);
  });

  it('tells the size of the document', async () => {
    const text = JSON.stringify({ [word()]: 'ü'.repeat(Math.floor(Math.random() * 50)) });
    const script = scriptPolicy(
      "context.message.body.write(String(context.get('message.attributes.parse.DocumentSize')));",
    );
    const { answer } = await posted(`${parsePolicy()}\n${script}`, text);
    expect(answer.body).toBe(String(Buffer.byteLength(text)));
  });

  it('reads a JSON string that holds a document once more', async () => {
    const name = word();
    const text = JSON.stringify(JSON.stringify({ list: [{ name }] }));
    expect((await posted(`${parsePolicy()}\n${looking()}`, text)).seen).toEqual(['object', name]);
  });

  it.each([
    ['plain words', 'a fox', 'text/plain', []],
    ['words that start like JSON', 'true love', 'text/plain', []],
    ['XML', '<a>1</a>', 'application/xml', []],
    [
      'JSON that is wanted as binary',
      '{"list":[]}',
      'application/json',
      ['parse-settings-reference: {parse-settings: {document_type: binary}}'],
    ],
    ['nothing', '', 'application/json', []],
  ])('leaves %s as they are', async (_, text, type, more) => {
    const { answer, seen } = await posted(`${parsePolicy(more)}\n${looking()}`, text, type);
    expect([answer.status, answer.body]).toEqual([200, text]);
    expect(seen[0]).not.toBe('object');
  });

  it.each([
    ['no JSON', '{"a":', 'application/json', [], 'no JSON'],
    ['no XML', '<a>', 'text/xml', [], 'no XML'],
    [
      'too deep',
      '[[[1]]]',
      'application/json',
      ['parse-settings-reference: {parse-settings: {max_nesting_depth: 2}}'],
      '3 levels',
    ],
    [
      'too large',
      '[1,2,3]',
      'application/json',
      [`parse-settings-reference: {literal: '{"ParseSettings": {"DocumentSize": 6}}'}`],
      '7 bytes',
    ],
    [
      'of another type than the settings',
      '<a/>',
      'text/xml',
      ['use-content-type: true', 'parse-settings-reference: {parse-settings: {document_type: JSON}}'],
      'json is expected',
    ],
    [
      'JSON by its content type alone',
      'words',
      'application/vnd.x+json',
      ['use-content-type: true'],
      'no JSON',
    ],
    [
      'over a default',
      `["${'v'.repeat(8_193)}"]`,
      'application/json',
      [],
      '8193 bytes is over the limit of 8192',
    ],
  ])('refuses a body that is %s with 400, the reason in the log', async (_, text, type, more, why) => {
    const { started, answer } = await posted(parsePolicy(more), text, type);
    expect([answer.status, JSON.parse(answer.body).httpCode]).toEqual([400, '400']);
    expect(started.told('gateway-log').at(-1)?.text).toMatch(new RegExp(`^BadRequestError: .*${why}`));
  });

  it('takes a message of another name, and gives one', async () => {
    const name = word();
    const making = scriptPolicy(`context.createMessage('made').body.write('{"list":[{"name":"${name}"}]}');`);
    const { seen } = await posted(
      `${making}\n${parsePolicy(['input: made', 'output: read'])}\n${looking('read.body')}`,
      'x',
      'text/plain',
    );
    expect(seen).toEqual(['object', name]);
  });
});

describe('parse in front of a handshake', () => {
  it.each([
    ['websocket-upgrade', upgradePolicy()],
    ['a scripted 101', scriptPolicy(handshakeScript())],
  ])('%s: a handshake has no body, and goes on', async (_, policy) => {
    const started = await withTarget(
      { onUpgrade: switching() },
      `${parsePolicy(['warn-on-empty-input: true'])}\n${policy}`,
    );
    const socket = started.connect('/maple/sandbox/one');
    await once(socket, 'open');
    expect(started.told('gateway-log')[0]).toMatchObject({
      level: 'warn',
      text: 'parse: the body of message is empty.',
    });
    socket.terminate();
    await started.tells('connection-closed');
  });
});

it.each([
  ['settings that the lab has not', 'default: own-settings', 'warning', 'not-emulated'],
  ['a URL of settings', 'url: http://backend/settings', 'warning', 'not-emulated'],
  ['GraphQL', 'parse-settings: {document_type: graphql}', 'info', 'not-emulated'],
  ['a literal that is no JSON', 'literal: <ParseSettings/>', 'error', 'parse-settings'],
  ['a literal out of range', `literal: '{"ParseSettings":{"Width":-1}}'`, 'error', 'parse-settings'],
  ['a limit out of range', 'parse-settings: {max_width: 65536}', 'error', 'property-type'],
])('deployment tells %s at its line', (_, line, severity, rule) => {
  const text = definitionText('/one', parsePolicy(['parse-settings-reference:', `  ${line}`]));
  const [found] = compileDefinition(text, 'one').diagnostics.filter((each) => each.path.includes('parse'));
  expect(found).toMatchObject({ severity, rule });
  expect(text.split('\n')[(found?.line ?? 0) - 1]).toContain(line.split(':')[0]);
});
