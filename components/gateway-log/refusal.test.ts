import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { GatewayEvent, GatewayEventBody } from '../../sandbox-server/gateway/events.ts';
import { connectionTo, refusalOf } from './refusal.ts';

let id = 0;
const event = (connection: string | null, body: GatewayEventBody): GatewayEvent => ({
  id: ++id,
  at: new Date().toISOString(),
  connection,
  ...body,
});
const transaction = () => randomBytes(12).toString('hex');
const asks = (
  connection: string,
  path: string,
  listener: 'tls' | 'site' = 'site',
  headers: [string, string][] = [],
) =>
  event(connection, {
    type: 'request-received',
    listener,
    method: 'GET',
    path,
    headers,
    remote: '127.0.0.1',
  });
const answers = (
  connection: string,
  status: number,
  rules: { passed: boolean; message: string }[] = [],
  body = '',
  headers: [string, string][] = [],
) =>
  event(connection, {
    type: 'response-sent',
    status,
    reason: status === 101 ? 'Switching Protocols' : 'Not Found',
    headers,
    body,
    rules: rules.map((rule) => ({ rule: 'accept', section: '4.2.2', ...rule })),
  });

describe('the connection of the page', () => {
  test('is the newest one of a browser to that path, after Connect was pressed', () => {
    const [old, other, terminal, own] = [transaction(), transaction(), transaction(), transaction()];
    const before = asks(old, '/o/sandbox/a');
    const after = [
      asks(other, '/o/sandbox/b'),
      asks(own, '/o/sandbox/a'),
      asks(terminal, '/o/sandbox/a', 'tls'),
    ];
    expect(connectionTo('/o/sandbox/a', before.id, [before, ...after])).toBe(own);
    expect(connectionTo('/o/sandbox/a', id, [before, ...after])).toBeNull();
  });
});

describe('why the browser refused', () => {
  test('names the broken rule with what was expected, and keeps other connections out', () => {
    const [own, other] = [transaction(), transaction()];
    const expected = randomBytes(20).toString('base64');
    const events = [
      answers(other, 101, [{ passed: false, message: 'other' }]),
      answers(own, 101, [
        { passed: true, message: 'GET' },
        { passed: false, message: `expected ${expected}` },
      ]),
    ];
    const refusal = refusalOf(own, events);
    expect(refusal?.broken.map(({ message }) => message)).toEqual([`expected ${expected}`]);
    expect(refusal?.sentence).toContain('breaks a rule');
  });

  test('tells another status than 101 with its body, the failed policy, the log and the console', () => {
    const own = transaction();
    const body = JSON.stringify({ httpCode: '404', n: Math.random() });
    const refusal = refusalOf(own, [
      event(own, { type: 'console', index: 0, level: 'info', text: 'hi', line: 3, logLine: '' }),
      event(own, {
        type: 'policy-ended',
        policy: 'gatewayscript',
        title: 'Handshake',
        index: 0,
        outcome: 'failed',
        message: 'boom',
        durationMs: 1,
      }),
      event(own, { type: 'gateway-log', level: 'error', code: '0x01130006', text: 'no backside' }),
      event(own, { type: 'gateway-log', level: 'info', code: null, text: 'chatter' }),
      answers(own, 404, [], body),
    ]);
    expect(refusal?.sentence).toContain('404 Not Found');
    expect(refusal?.body).toBe(body);
    expect(refusal?.evidence).toEqual([
      'Script, console.info, line 3: hi',
      'Handshake failed: boom',
      'Gateway log: 0x01130006 no backside',
    ]);
  });

  test('tells what security failed with, and nothing of security that passed', () => {
    const own = transaction();
    const why = randomBytes(8).toString('hex');
    const checked = { type: 'security-checked', scheme: 'key', application: null, plan: null } as const;
    const failed = event(own, { ...checked, passed: false, message: `key: ${why}` });
    const passed = event(own, { ...checked, passed: true, message: null });
    expect(refusalOf(own, [failed, answers(own, 401)])?.evidence).toEqual([`Security failed. key: ${why}.`]);
    expect(refusalOf(own, [passed, answers(own, 429)])?.evidence).toEqual([]);
  });

  test('an answer that names none of the offered subprotocols is told, with the line that names one', () => {
    const [own, chosen] = [transaction(), `p${randomBytes(3).toString('hex')}`];
    const named = 'Sec-WebSocket-Protocol';
    const offers = asks(own, '/x', 'site', [[named, `${chosen}, other`]]);
    const mend = `context.set('message.headers.Sec-WebSocket-Protocol', '${chosen}')`;
    expect(refusalOf(own, [offers, answers(own, 101)])?.sentence).toContain(mend);
    const naming = answers(own, 101, [], '', [[named, chosen]]);
    expect(refusalOf(own, [offers, naming])?.sentence).not.toContain('context.set');
    expect(refusalOf(own, [asks(own, '/x'), answers(own, 101)])?.sentence).not.toContain('context.set');
  });

  test('is unknown until the gateway has answered', () => {
    const own = transaction();
    expect(refusalOf(own, [asks(own, '/x')])).toBeNull();
  });
});
