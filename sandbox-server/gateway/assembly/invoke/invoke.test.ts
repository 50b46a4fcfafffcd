import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { handshakeScript, scriptPolicy, upgradePolicy } from '../../started-gateway.fixture.ts';
import { closeTarget, refused, switching, type Target, withTarget } from '../one-target.fixture.ts';
import { ask } from '../plain-request.fixture.ts';

afterEach(closeTarget);

const word = () => randomBytes(6).toString('hex');
const invokePolicy = (more: string[] = [], url = 'http://backend:8091') =>
  ['- invoke:', '    version: 2.3.0', `    target-url: ${url}`, ...more.map((line) => `    ${line}`)].join(
    '\n',
  );

interface Seen {
  method: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

/** A target that keeps what it was asked, and answers with this. */
function answering(status: number, body: string, headers: Record<string, string> = {}) {
  const seen: Seen[] = [];
  const onRequest: Target['onRequest'] = async (request, response) => {
    const { method = '', url = '' } = request;
    const chunks = await request.toArray();
    seen.push({ method, url, headers: request.headers, body: Buffer.concat(chunks) });
    response.writeHead(status, { 'Content-Type': 'text/plain', 'Content-Length': body.length, ...headers });
    response.end(body);
  };
  return { seen, target: { onRequest } };
}

describe('invoke', () => {
  it('makes the answer the message: status, headers and body reach the client, nothing of the request does', async () => {
    const [body, mark] = [word(), word()];
    const { target, seen } = answering(201, body, { 'X-Mark': mark, 'Keep-Alive': 'timeout=5' });
    const started = await withTarget(target, invokePolicy());
    const answer = await ask(started, { headers: { 'X-Own': word() } });
    expect([answer.status, answer.body, answer.headers['x-mark']]).toEqual([201, body, mark]);
    expect(answer.headers).not.toHaveProperty('x-own');
    expect(answer.headers).not.toHaveProperty('keep-alive');
    expect(seen).toMatchObject([{ method: 'GET', url: '/' }]);
  });

  it('sends method, headers and body of the message, in chunks, and no query', async () => {
    const sent = JSON.stringify({ [word()]: word() });
    const { target, seen } = answering(200, 'ok');
    const started = await withTarget(target, invokePolicy([], 'http://backend:8091/a?own=1'));
    const mark = word();
    const path = '/maple/sandbox/one?secret=1';
    const headers = { 'Content-Type': 'application/json', 'X-Mark': mark };
    await ask(started, { method: 'POST', path, headers, body: sent });
    expect(seen[0]).toMatchObject({ method: 'POST', url: '/a?own=1', body: Buffer.from(sent) });
    expect(seen[0]?.headers).toMatchObject({
      'content-type': 'application/json',
      'x-mark': mark,
      'transfer-encoding': 'chunked',
      'x-client-ip': '127.0.0.1',
    });
  });

  it('sends what its properties say: verb, gzip with a length, credentials, parameters and headers that are let through', async () => {
    const sent = word().repeat(50);
    const { target, seen } = answering(200, 'ok');
    const secret = word();
    const policy = invokePolicy(
      [
        'verb: PUT',
        'compression: true',
        'chunked-uploads: false',
        'username: maple',
        'password: $(secret)',
        'inject-proxy-headers: true',
        'header-control: {type: allowlist, values: ["^x-keep", "content-type"]}',
        'parameter-control: {type: blocklist, values: ["^drop$"]}',
      ],
      'http://backend:8091$(request.path)',
    );
    const started = await withTarget(target, policy, `  properties: {secret: {value: '${secret}'}}`);
    const headers = { 'X-Keep': '1', 'X-Other': '2', 'Content-Type': 'text/plain' };
    const path = '/maple/sandbox/one?keep=1&drop=2';
    await ask(started, { method: 'POST', path, headers, body: sent });
    expect(seen[0]).toMatchObject({ method: 'PUT', url: '/maple/sandbox/one?keep=1' });
    expect(gunzipSync(seen[0]?.body ?? Buffer.alloc(0)).toString()).toBe(sent);
    expect(seen[0]?.headers).toMatchObject({
      'content-encoding': 'gzip',
      'content-length': String(seen[0]?.body.length),
      'content-type': 'text/plain',
      'x-keep': '1',
      'x-forwarded-for': '127.0.0.1',
      authorization: `Basic ${Buffer.from(`maple:${secret}`).toString('base64')}`,
    });
    expect(seen[0]?.headers).not.toHaveProperty('x-other');
  });

  it.each([
    ['DELETE', 'keep-payload: false', ''],
    ['DELETE', 'keep-payload: true', 'kept'],
    ['GET', 'verb: GET', ''],
  ])('%s with %s carries the body %o', async (verb, property, carried) => {
    const { target, seen } = answering(200, 'ok');
    const started = await withTarget(
      target,
      invokePolicy([`verb: ${verb}`, property].slice(verb === 'GET' ? 1 : 0)),
    );
    await ask(started, { method: 'POST', body: 'kept' });
    expect(seen[0]).toMatchObject({ method: verb, body: Buffer.from(carried) });
  });

  it('keeps the answer in the variable that output names, and the message as it was', async () => {
    const [body, mark] = [word(), word()];
    const { target } = answering(403, body, { 'X-Mark': mark });
    const script = scriptPolicy(
      `var answer = context.getMessage('checked');
context.message.body.write([context.get('checked.status.code'), answer.header.get('X-Mark'), context.get('checked.body'), context.get('message.body')].join(' '));`,
    );
    const started = await withTarget(target, `${invokePolicy(['output: checked'])}\n${script}`);
    const answer = await ask(started, { method: 'POST', body: 'mine' });
    expect([answer.status, answer.body]).toEqual([200, `403 ${mark} ${body} mine`]);
  });

  it.each([true, false])('follow-redirects: %s', async (follow) => {
    const seen: string[] = [];
    const onRequest: Target['onRequest'] = (request, response) => {
      seen.push(`${request.method} ${request.url} ${request.headers.authorization ?? '-'}`);
      if (request.url === '/end') response.end('there');
      else response.writeHead(302, { Location: 'http://localhost:8092/end' }).end();
    };
    const policy = invokePolicy([`follow-redirects: ${follow}`, 'username: u'], 'http://backend:8091/start');
    const started = await withTarget({ onRequest }, policy);
    const answer = await ask(started, { method: 'POST', body: 'x' });
    const first = `POST /start Basic ${Buffer.from('u:').toString('base64')}`;
    expect(seen).toEqual(follow ? [first, 'GET /end -'] : [first]);
    expect(answer.status).toBe(follow ? 200 : 302);
  });
});

describe('invoke in front of a handshake', () => {
  const asking = `${invokePolicy(['output: checked', 'stop-on-error: [OperationError]'])}\n${upgradePolicy()}`;

  it('a websocket-upgrade follows when the server that was asked agrees', async () => {
    const started = await withTarget({ ...answering(200, 'yes').target, onUpgrade: switching() }, asking);
    const socket = started.connect('/maple/sandbox/one');
    await once(socket, 'open');
    socket.terminate();
    await started.tells('connection-closed');
  });

  it('the handshake is refused with the status of the server that was asked', async () => {
    const started = await withTarget({ ...answering(403, 'no').target, onUpgrade: switching() }, asking);
    const answer = await refused(started);
    expect([answer.status, JSON.parse(answer.body).httpCode]).toEqual([403, '403']);
  });

  it('a scripted 101 is right after it where output is named', async () => {
    const { target, seen } = answering(200, 'ok');
    const started = await withTarget(
      target,
      `${invokePolicy(['output: checked'])}\n${scriptPolicy(handshakeScript())}`,
    );
    const socket = started.connect('/maple/sandbox/one');
    await once(socket, 'open');
    // The call is a plain one: nothing of the client's handshake goes with it.
    expect(Object.keys(seen[0]?.headers ?? {}).filter((name) => /upgrade|sec-websocket/.test(name))).toEqual(
      [],
    );
    socket.terminate();
    await started.tells('connection-closed');
  });
});
