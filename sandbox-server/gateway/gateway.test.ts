import { once } from 'node:events';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { acceptValue } from './handshake/accept.ts';
import {
  definitionText,
  handshakeScript,
  type StartedGateway,
  scriptPolicy,
  startGateway,
  upgradePolicy,
} from './started-gateway.fixture.ts';

let lab: StartedGateway;
beforeAll(async () => {
  lab = await startGateway();
});
afterAll(async () => {
  await lab.close();
  expect(lab.faults).toEqual([]);
});
beforeEach(() => {
  lab.events.length = 0;
});

const word = () => `w${Math.random().toString(36).slice(2)}`;
const attached = 'properties: {lab-attach: {value: uppercase}}';

/** The next messages as text. */
async function messages(socket: WebSocket, count: number): Promise<string[]> {
  const texts: string[] = [];
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.on('message', (data) => {
      texts.push(data.toString());
      if (texts.length === count) resolve(texts);
    });
  });
}

async function refusal(socket: WebSocket): Promise<string> {
  const [error] = await once(socket, 'error');
  return error instanceof Error ? error.message : '';
}

describe('both approaches, with the ws client over TLS', () => {
  const approaches: [string, string][] = [
    ['websocket-upgrade', definitionText('/one', upgradePolicy())],
    ['gatewayscript', definitionText('/one', scriptPolicy(handshakeScript()), `  ${attached}`)],
  ];

  it.each(approaches)(
    '%s: a message comes back in upper case, and every step is told',
    async (policy, text) => {
      lab.deploy(text);
      const socket = lab.connect('/maple/sandbox/one');
      const said = word();
      socket.once('open', () => socket.send(said));
      expect(await messages(socket, 2)).toEqual([
        'Welcome to the WebSocket server!',
        `Processed message: ${said.toUpperCase()}`,
      ]);
      socket.close(4_000, said);
      const [code] = await once(socket, 'close');
      expect(code).toBe(4_000);

      const end = await lab.tells('connection-closed');
      expect(end).toMatchObject({ by: 'client', how: 'close-frame', closeCode: 4_000, closeReason: said });
      expect(lab.told('api-matched')).toMatchObject([{ operation: 'GET /' }]);
      expect(lab.told('policy-ended')).toMatchObject([{ policy, outcome: 'completed' }]);
      const [sent] = lab.told('response-sent');
      expect(sent?.status).toBe(101);
      expect(sent?.rules.every(({ passed }) => passed)).toBe(true);
      expect(lab.told('frame').map(({ direction, payload }) => `${direction} ${payload}`)).toEqual([
        'gateway-to-client Welcome to the WebSocket server!',
        `client-to-gateway ${said}`,
        `gateway-to-client Processed message: ${said.toUpperCase()}`,
        `client-to-gateway ${said}`,
        `gateway-to-client ${said}`,
      ]);
      expect(lab.told('server-console').map(({ text }) => text)).toEqual([
        'Client connected',
        `Received message: ${said}`,
        'Client disconnected',
      ]);
      const ids = new Set(
        lab.events.filter(({ event }) => event.type !== 'server-console').map(({ connection }) => connection),
      );
      expect([...ids]).toEqual([expect.stringMatching(/^[0-9a-f]{24}$/)]);
      expect(sent?.headers).toContainEqual(['X-Global-Transaction-ID', [...ids][0]]);
    },
  );

  it('a script with a wrong GUID: the client refuses, and the log names rule and expected value', async () => {
    lab.deploy(
      definitionText('/wrong', scriptPolicy(handshakeScript('258EAFA5-E914-47DA-95CA-000000000000'))),
    );
    expect(await refusal(lab.connect('/maple/sandbox/wrong'))).toBe('Invalid Sec-WebSocket-Accept header');

    const { headers } = await lab.tells('request-received');
    const key = headers.find(([name]) => name === 'Sec-WebSocket-Key')?.[1] ?? '';
    const { rules } = await lab.tells('response-sent');
    const failed = rules.filter(({ passed }) => !passed);
    expect(failed.map(({ rule }) => rule)).toEqual(['response-accept']);
    expect(failed[0]?.message).toContain(acceptValue(key));
    await lab.tells('connection-closed');
  });

  it('lab-echo: none takes the echoed headers away, and the client misses Upgrade', async () => {
    lab.deploy(
      definitionText('/bare', scriptPolicy(handshakeScript()), '  properties: {lab-echo: {value: none}}'),
    );
    expect(await refusal(lab.connect('/maple/sandbox/bare'))).toBe('Unexpected server response: 101');
    const { headers } = await lab.tells('response-sent');
    expect(headers.map(([name]) => name)).toEqual(['Sec-WebSocket-Accept', 'X-Global-Transaction-ID']);
    await lab.tells('connection-closed');
  });

  it('what lab-attach connects is told as a handshake of its own, after the 101, with the subprotocol alone of the client’s', async () => {
    lab.deploy(
      definitionText(
        '/one',
        scriptPolicy(`${handshakeScript()}\ncontext.message.header.set('Sec-WebSocket-Protocol', 'chat');`),
        `  ${attached}`,
      ),
    );
    const value = word();
    const socket = lab.connect('/maple/sandbox/one', ['chat'], { headers: { 'X-Mine': value } });
    await messages(socket, 1);
    const types = lab.events.map(({ event }) => event.type);
    const wanted = ['response-sent', 'target-request', 'target-response', 'tunnel-opened'];
    expect(types.filter((type) => wanted.includes(type))).toEqual(wanted);
    const [asked] = lab.told('target-request');
    expect(asked).toMatchObject({ url: 'http://backend:8091/', method: 'GET' });
    expect(asked?.headers).toContainEqual(['Sec-WebSocket-Protocol', 'chat']);
    expect(JSON.stringify(asked)).not.toContain(value);
    expect(lab.told('target-response')).toMatchObject([{ status: 101 }]);
    socket.terminate();
    await lab.tells('connection-closed');
  });

  it('without lab-attach nobody answers, and a client that closes is let go', async () => {
    lab.deploy(definitionText('/mute', scriptPolicy(handshakeScript())));
    const socket = lab.connect('/maple/sandbox/mute');
    await once(socket, 'open');
    let answered = false;
    socket.on('message', () => {
      answered = true;
    });
    socket.send('anybody?');
    socket.close(1_000);
    const [code] = await once(socket, 'close');
    // No Close frame came back: nobody is there to send one.
    expect([code, answered]).toEqual([1_006, false]);
    const end = await lab.tells('connection-closed');
    expect(end).toMatchObject({ by: 'client', how: 'close-frame', closeCode: 1_000, bytesToClient: 0 });
    expect(lab.told('frame').map(({ opcode }) => opcode)).toEqual([1, 8]);
  });

  it('an error in a script: 500 for the client, the reason with its line in the log', async () => {
    const secret = word();
    lab.deploy(
      definitionText(
        '/throws',
        scriptPolicy(`console.error('before %s', 'it');\nthrow new Error('${secret}');`),
      ),
    );
    const socket = lab.connect('/maple/sandbox/throws');
    const [, response] = await once(socket, 'unexpected-response');
    response.setEncoding('utf8');
    const body = (await response.toArray()).join('');
    expect(JSON.parse(body)).toMatchObject({ httpCode: '500', httpMessage: 'Internal Server Error' });
    expect(body).not.toContain(secret);
    expect(response.headers['x-global-transaction-id']).toMatch(/^[0-9a-f]{24}$/);
    expect(lab.told('gateway-log')).toMatchObject([
      { level: 'error', text: expect.stringContaining(`${secret} (line 2)`) },
    ]);
    expect(lab.told('console')).toMatchObject([{ level: 'error', text: 'before it', line: 1, index: 0 }]);
    expect(lab.told('policy-ended')).toMatchObject([{ outcome: 'failed' }]);
  });

  it('policies run in order on one message, and what a script sets reaches the target', async () => {
    const said = word();
    const script = scriptPolicy(
      `context.set('message.headers.X-Said', '${said}'); context.set('wanted', 'backend');`,
    );
    lab.deploy(definitionText('/both', `${script}\n${upgradePolicy('http://$(wanted):8091')}`));
    const socket = lab.connect('/maple/sandbox/both');
    expect(await messages(socket, 1)).toEqual(['Welcome to the WebSocket server!']);
    socket.terminate();
    expect((await lab.tells('target-request')).headers).toContainEqual(['X-Said', said]);
    expect(lab.told('policy-started').map(({ index }) => index)).toEqual([0, 1]);
    expect((await lab.tells('connection-closed')).by).toBe('client');
  });

  it('a policy that the lab does not run fails by its name when traffic reaches it', async () => {
    lab.deploy(definitionText('/later', '- map: {version: 2.0.0}'));
    expect(await refusal(lab.connect('/maple/sandbox/later'))).toBe('Unexpected server response: 500');
    expect(lab.told('policy-ended')).toMatchObject([
      { policy: 'map', outcome: 'failed', message: expect.stringContaining('map') },
    ]);
  });

  it('subprotocols are negotiated end to end, never promised by the gateway', async () => {
    lab.deploy(definitionText('/sub', upgradePolicy()));
    const socket = lab.connect('/maple/sandbox/sub', ['soap', 'chat']);
    await once(socket, 'open');
    expect(socket.protocol).toBe('soap');
    socket.terminate();
    const [target] = lab.told('target-request');
    expect(target?.headers).toContainEqual(['Sec-WebSocket-Protocol', 'soap,chat']);
    await lab.tells('connection-closed');
  });
});
