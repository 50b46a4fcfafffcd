import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { errorResponse } from '../handshake/error-response.ts';
import type { StartedGateway } from '../started-gateway.fixture.ts';
import { answers, closeEcho, leave, nextText, openEcho } from './echo-target.fixture.ts';
import { verdictOn } from './message-assembly.ts';

afterEach(closeEcho);

const word = () => `w${Math.random().toString(36).slice(2)}`;
const prefixed = (prefix: string) =>
  `context.message.body.readAsBuffer(function (error, body) { context.message.body.write('${prefix}' + (body || '')); });`;

describe('request-assembly and response-assembly', () => {
  it('run on each message of their direction, and what they leave as body goes on', async () => {
    const { lab, socket, got } = await openEcho({ request: prefixed('in '), response: prefixed('out ') });
    for (const said of [word(), `${word()} für 10 €`, '']) {
      const answer = nextText(socket);
      socket.send(said);
      expect(await answer).toBe(`out in ${said}`);
      expect(got.at(-1)).toEqual({ data: Buffer.from(`in ${said}`), binary: false });
    }
    expect(lab.told('policy-ended').map(({ title, outcome }) => [title, outcome])).toEqual([
      ['websocket-upgrade', 'completed'],
      ...Array(6).fill(['gatewayscript', 'completed']),
    ]);
    await leave({ socket, lab });
  });

  it('leave a message as it is where no policy writes to it, binary too', async () => {
    const { lab, socket, got } = await openEcho({ request: 'var unused;', response: 'var unused;' });
    const sent = Buffer.from([0, 255, 128, 10]);
    const answered = once(socket, 'message');
    socket.send(sent);
    expect(await answered).toEqual([sent, true]);
    expect(got).toEqual([{ data: sent, binary: true }]);
    await leave({ socket, lab });
  });

  it('keep the order of messages, of which each has the variables of the handshake and none of another', async () => {
    const { lab, socket } = await openEcho({
      before: "context.set('room.name', 'blue');",
      request: `var seen = context.get('room.seen') || 'none';
context.set('room.seen', 'yes');
context.message.body.readAsBuffer(function (error, body) {
  context.message.body.write([context.get('room.name'), seen, context.get('request.verb'), body].join(' '));
});`,
    });
    const said = Array.from({ length: 20 }, word);
    const all = answers(socket, said.length);
    for (const text of said) socket.send(text);
    expect(await all).toEqual(said.map((text) => `blue none GET ${text}`));
    await leave({ socket, lab });
  });

  it.each([
    [
      'request',
      "context.reject('ValidateError', 'no such room');",
      'Rejected: ValidateError: no such room (line 1)',
      1008,
      1001,
    ],
    ['response', "throw new Error('broken');", 'JavaScriptError: Error: broken (line 1)', 1001, 1008],
  ])(
    'a policy of %s-assembly that fails ends the connection: the sender gets 1008, the log says why',
    async (name, script, why, client, target) => {
      const { lab, socket, far, got } = await openEcho({ [name]: script });
      const closed = Promise.all([once(socket, 'close'), once(far, 'close')]);
      socket.send(word());
      const [[code, reason], [farCode]] = await closed;
      expect([code, String(reason), farCode]).toEqual([client, `${name}-assembly`, target]);
      expect(got).toHaveLength(name === 'request' ? 0 : 1);
      const end = await lab.tells('connection-closed');
      expect(end).toMatchObject({ by: 'gateway', how: 'close-frame', closeCode: client });
      expect(lab.told('gateway-log').at(-1)?.text).toBe(
        `The policy gatewayscript of ${name}-assembly has stopped a message: ${why}. The gateway closes the connection; the ${name === 'request' ? 'client' : 'target'} gets 1008.`,
      );
    },
  );

  it('a text that a policy makes no text is never sent', async () => {
    const { lab, socket, got } = await openEcho({
      request: 'context.message.body.write(Buffer.from([0xff]));',
    });
    const closed = once(socket, 'close');
    socket.send('text');
    expect((await closed)[0]).toBe(1011);
    expect(got).toEqual([]);
    expect(lab.told('gateway-log').at(-1)?.text).toContain('is no text');
    await lab.tells('connection-closed');
  });

  it.each([
    [503, 1013],
    [429, 1008],
    [500, 1008],
  ])('a policy whose answer would be %i closes with %i', (status, code) => {
    const response = errorResponse({ status, moreInformation: 'why', transactionId: 'a' });
    const error = { name: 'RuntimeError', message: 'why.' };
    expect(verdictOn({ kind: 'error', error, response }, 'The policy x', 'request-assembly')).toEqual({
      kind: 'close',
      code,
      reason: 'request-assembly',
      why: 'The policy x has stopped a message: RuntimeError: why.',
    });
  });

  it('a message that switches protocols closes, and lets go of the target', async () => {
    const upgrade = '- websocket-upgrade:\n    version: 2.0.0\n    target-url: http://backend:8091';
    const { lab, socket } = await openEcho({ requestPolicies: upgrade });
    const closed = once(socket, 'close');
    socket.send('switch');
    expect((await closed)[0]).toBe(1011);
    expect(lab.told('gateway-log').at(-1)?.text).toContain('has switched protocols, which a message cannot');
    await lab.tells('connection-closed');
  });

  it('tells no more than its share of a flood, and how much it did not tell', async () => {
    const { lab, socket } = await openEcho(
      { request: "console.log('one'); console.log('two');" },
      { settings: { MESSAGE_EVENTS_PER_SECOND: '10' } },
    );
    const count = 60;
    const all = answers(socket, count);
    const startedAt = performance.now();
    for (let i = 0; i < count; i += 1) socket.send(String(i));
    await all;
    const windows = Math.floor((performance.now() - startedAt) / 1_000) + 1;
    await leave({ socket, lab });
    const told =
      lab.told('console').length + lab.told('policy-started').length + lab.told('policy-ended').length - 2;
    expect(told).toBeLessThanOrEqual(10 * windows);
    const missed = lab
      .told('gateway-log')
      .flatMap(({ text }) => /^(\d+) events of policies on messages/.exec(text)?.[1] ?? []);
    expect(missed.reduce((sum, each) => sum + Number(each), 0)).toBe(4 * count - told);
  });

  it('a message larger than the gateway puts together ends with 1009', async () => {
    const { lab, socket } = await openEcho(
      { request: 'var unused;' },
      { settings: { MESSAGE_MAX_BYTES: '5000' } },
    );
    const answer = nextText(socket);
    socket.send('a'.repeat(5_000));
    expect(await answer).toHaveLength(5_000);
    const closed = once(socket, 'close');
    socket.send('a'.repeat(5_001));
    expect((await closed)[0]).toBe(1009);
    await lab.tells('connection-closed');
  });
});

describe('extensions', () => {
  const offered = (started: StartedGateway, type: 'request-received' | 'target-request') =>
    started
      .told(type)
      .at(-1)
      ?.headers.some(([name]) => name.toLowerCase() === 'sec-websocket-extensions');

  it('are negotiated end to end where nobody reads messages', async () => {
    const { lab, socket } = await openEcho({});
    expect([socket.extensions, offered(lab, 'target-request')]).toEqual(['permessage-deflate', true]);
    const said = word().repeat(100);
    const answer = nextText(socket);
    socket.send(said);
    expect(await answer).toBe(said);
    expect(
      lab
        .told('frame')
        .every(({ opcode, rsv, direction }) => opcode > 2 || (rsv === 4 && !direction.includes('target'))),
    ).toBe(true);
    await leave({ socket, lab });
  });

  it('are not offered to the target where somebody does, so nobody promises them, and the log says so', async () => {
    const { lab, socket } = await openEcho({ response: 'var unused;' });
    expect([offered(lab, 'request-received'), offered(lab, 'target-request')]).toEqual([true, false]);
    expect(socket.extensions).toBe('');
    expect(lab.told('gateway-log').map(({ text }) => text)).toContainEqual(
      expect.stringContaining('lab’s choice'),
    );
    await leave({ socket, lab });
  });
});
