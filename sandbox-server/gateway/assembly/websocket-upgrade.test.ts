import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { createWire } from '../../backend/wire.ts';
import { acceptValue } from '../handshake/accept.ts';
import { headerPairs } from '../handshake/headers.ts';
import {
  definitionText,
  type StartedGateway,
  startGateway,
  upgradePolicy,
} from '../started-gateway.fixture.ts';

let lab: StartedGateway | undefined;
let wires: Duplex[] = [];
afterEach(async () => {
  await lab?.close();
  expect(lab?.faults).toEqual([]);
  expect(wires.filter((wire) => !wire.destroyed)).toHaveLength(0);
  lab = undefined;
  wires = [];
});

interface Target {
  onRequest?(request: IncomingMessage, response: ServerResponse): void;
  onUpgrade?(request: IncomingMessage, stream: Duplex): void;
}

/** A gateway whose sandbox has this one server, on every port but 1; the test fails where a stream to it stays open. */
async function withTarget(target: Target, policy = upgradePolicy(), rest = ''): Promise<StartedGateway> {
  const server = createServer((request, response) => target.onRequest?.(request, response));
  if (target.onUpgrade) server.on('upgrade', target.onUpgrade);
  const network = {
    connect(port: number) {
      if (port === 1) throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
      const [client, far] = createWire();
      wires.push(client);
      server.emit('connection', far);
      return client;
    },
    resolves: () => true,
  };
  lab = await startGateway({ network });
  lab.deploy(definitionText('/one', policy, rest));
  return lab;
}

/** What a client gets instead of a 101. */
async function refused(started: StartedGateway, path = '/maple/sandbox/one') {
  const [, response] = await once(started.connect(path), 'unexpected-response');
  response.setEncoding('utf8');
  return {
    status: response.statusCode,
    headers: response.headers,
    body: (await response.toArray()).join(''),
  };
}

/** A target's 101, with changes to its headers. */
function switching(changed: Record<string, string | null> = {}): NonNullable<Target['onUpgrade']> {
  return (request, stream) => {
    const headers: Record<string, string | null> = {
      Upgrade: 'websocket',
      Connection: 'Upgrade',
      'Sec-WebSocket-Accept': acceptValue(request.headers['sec-websocket-key'] ?? ''),
      ...changed,
    };
    const lines = Object.entries(headers).flatMap(([name, value]) =>
      value === null ? [] : [`${name}: ${value}\r\n`],
    );
    stream.on('error', () => {});
    stream.on('end', () => stream.end());
    stream.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('')}\r\n`);
    stream.resume();
  };
}

describe('websocket-upgrade', () => {
  it('gives the client its own accept value, and of the target’s head what is meant for it', async () => {
    const started = await withTarget({
      onUpgrade: switching({ 'Set-Cookie': 'a=b', 'Keep-Alive': 'timeout=5' }),
    });
    const socket = started.connect('/maple/sandbox/one');
    const [response] = await once(socket, 'upgrade');
    const [sent] = started.told('target-request');
    const keys = [sent?.headers, started.told('request-received')[0]?.headers].map(
      (headers) => headers?.find(([name]) => name === 'Sec-WebSocket-Key')?.[1] ?? '',
    );
    expect(keys[0]).not.toBe(keys[1]);
    expect(headerPairs(response.rawHeaders).slice(0, 4)).toEqual([
      ['Upgrade', 'websocket'],
      ['Connection', 'Upgrade'],
      ['Sec-WebSocket-Accept', acceptValue(keys[1] ?? '')],
      ['Set-Cookie', 'a=b'],
    ]);
    expect(response.headers['keep-alive']).toBeUndefined();
    expect(started.told('gateway-log').map(({ text }) => text)).toEqual([
      "[apigw] HTTP response code 101 for 'http://backend:8091/'",
      'WebSocket upgrade request is successful.',
    ]);
    socket.terminate();
    await started.tells('connection-closed');
  });

  it('sends the target the client’s headers, a key of its own, and who the client is', async () => {
    const policy = upgradePolicy('http://backend:8091/chat', [
      'username: maple',
      'password: $(secret)',
      'inject-proxy-headers: true',
      'header-control: {type: blocklist, values: ["^x-drop", "cookie"]}',
      'parameter-control: {type: allowlist, values: ["^keep$"]}',
    ]);
    const seen = Promise.withResolvers<IncomingMessage>();
    const onRequest: Target['onRequest'] = (request, response) => {
      seen.resolve(request);
      response.end();
    };
    const onUpgrade: Target['onUpgrade'] = (request, stream) => {
      seen.resolve(request);
      stream.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n');
    };
    const started = await withTarget(
      { onRequest, onUpgrade },
      policy,
      '  properties: {secret: {value: s3cret}}',
    );
    const socket = started.connect('/maple/sandbox/one?keep=1&drop=2&keep=%33', ['soap'], {
      headers: {
        'X-Drop-Me': '1',
        Cookie: 'a=b',
        'X-Keep': '1',
        'X-Forwarded-Host': 'given',
        'X-Client-IP': 'forged',
      },
    });
    const [, response] = await once(socket, 'unexpected-response');
    response.resume();
    const { url, headers } = await seen.promise;
    expect(url).toBe('/chat?keep=1&keep=%33');
    expect(headers).toMatchObject({
      host: 'backend:8091',
      upgrade: 'websocket',
      connection: 'Upgrade',
      'sec-websocket-version': '13',
      'sec-websocket-protocol': 'soap',
      'x-keep': '1',
      'x-client-ip': '127.0.0.1',
      'x-global-transaction-id': started.events.at(-1)?.connection,
      authorization: `Basic ${Buffer.from('maple:s3cret').toString('base64')}`,
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-host': 'given',
      'x-forwarded-port': String(started.port),
    });
    expect(headers['x-drop-me']).toBeUndefined();
    expect(headers.cookie).toBeUndefined();
  });

  it('relays another answer with its status and body, and logs that the target did not switch', async () => {
    const onUpgrade: Target['onUpgrade'] = (_, stream) =>
      stream.end(
        'HTTP/1.1 418 Teapot\r\nContent-Type: text/x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\ntea\r\n0\r\n\r\n',
      );
    const started = await withTarget({ onUpgrade });
    expect(await refused(started)).toMatchObject({
      status: 418,
      body: 'tea',
      headers: { 'content-type': 'text/x', 'content-length': '3' },
    });
    expect(started.told('gateway-log').at(-1)).toMatchObject({ code: '0x01130051', level: 'warn' });
    expect(started.told('policy-ended')).toMatchObject([{ outcome: 'stopped' }]);
  });

  const failing: [string, Target, string[], string][] = [
    ['refuses the connection', {}, ['http://backend:1'], 'ECONNREFUSED'],
    ['speaks no TLS', {}, ['https://backend:8091'], ''],
    [
      'never answers',
      { onUpgrade: (_, stream) => void stream.on('error', () => {}) },
      ['http://backend:8091', 'timeout: 1'],
      '1 s',
    ],
    [
      'hangs up',
      { onUpgrade: (_, stream) => void stream.destroy() },
      ['http://backend:8091'],
      'socket hang up',
    ],
    ['is no URL once its variable is read', {}, ['$(request.headers.x-target)'], 'request.headers.x-target'],
    ['is outside the sandbox', {}, ['http://$(request.headers.sec-websocket-version).example'], '13.example'],
    [
      'sends a wrong accept value',
      { onUpgrade: switching({ 'Sec-WebSocket-Accept': 'no' }) },
      ['http://backend:8091'],
      'Sec-WebSocket-Accept is no',
    ],
    [
      'speaks a subprotocol that nobody asked for',
      { onUpgrade: switching({ 'Sec-WebSocket-Protocol': 'own' }) },
      ['http://backend:8091'],
      'own',
    ],
    [
      'sends a 101 without Upgrade',
      { onUpgrade: switching({ Upgrade: null }) },
      ['http://backend:8091'],
      'Upgrade',
    ],
    [
      'answers with too large a body',
      {
        onUpgrade: (_, stream) =>
          void stream.on('error', () => {}).write(`HTTP/1.1 200 OK\r\n\r\n${'a'.repeat(1_100_000)}`),
      },
      ['http://backend:8091'],
      'over',
    ],
  ];
  it.each(failing)(
    'a target that %s: 500 with the product’s sentence, the reason in the log',
    async (_, target, [url, ...more], reason) => {
      const started = await withTarget(target, upgradePolicy(url, more));
      const { status, body } = await refused(started);
      expect([status, JSON.parse(body)]).toEqual([
        500,
        {
          httpCode: '500',
          httpMessage: 'Internal Server Error',
          moreInformation: 'Failed to establish a backside connection',
        },
      ]);
      const failure = started.told('gateway-log').at(-1);
      expect(failure).toMatchObject({
        code: '0x01130006',
        level: 'error',
        text: expect.stringContaining(reason),
      });
    },
  );

  it('follows redirects within the sandbox when told to, and none that leads out of it', async () => {
    const seen: string[] = [];
    const onUpgrade: Target['onUpgrade'] = (request, stream) => {
      seen.push(request.url ?? '');
      const location = request.url === '/' ? '/next' : 'http://198.51.100.7:8091/';
      stream.end(`HTTP/1.1 302 Found\r\nLocation: ${location}\r\nContent-Length: 0\r\n\r\n`);
    };
    const started = await withTarget(
      { onUpgrade },
      upgradePolicy('http://backend:8091', ['follow-redirects: true']),
    );
    expect((await refused(started)).status).toBe(500);
    expect(seen).toEqual(['/', '/next']);
    expect(started.told('gateway-log').at(-1)?.text).toContain('outside the sandbox');
  });

  it('gives up redirects that go round in a circle', async () => {
    let asked = 0;
    const onUpgrade: Target['onUpgrade'] = (_, stream) => {
      asked += 1;
      stream.end('HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n');
    };
    const started = await withTarget(
      { onUpgrade },
      upgradePolicy('http://backend:8091', ['follow-redirects: true']),
    );
    expect((await refused(started)).status).toBe(302);
    expect(asked).toBe(6);
  });

  it('lets go of the target when the client leaves during the handshake', async () => {
    const asked = Promise.withResolvers<void>();
    const gone = Promise.withResolvers<void>();
    const onUpgrade: Target['onUpgrade'] = (_, stream) => {
      stream.on('error', () => {}).once('close', gone.resolve);
      stream.resume();
      asked.resolve();
    };
    const started = await withTarget({ onUpgrade });
    const socket = started.connect('/maple/sandbox/one');
    socket.on('error', () => {});
    await asked.promise;
    socket.terminate();
    await gone.promise;
  });

  it('tells a reset of the target from an end', async () => {
    let target: Duplex | undefined;
    const onUpgrade: Target['onUpgrade'] = (request, stream) => {
      switching()(request, stream);
      target = stream;
    };
    const started = await withTarget({ onUpgrade });
    const socket = started.connect('/maple/sandbox/one');
    await once(socket, 'open');
    target?.destroy(new Error('crashed'));
    const [code] = await once(socket, 'close');
    expect(code).toBe(1006);
    expect(await started.tells('connection-closed')).toMatchObject({
      by: 'target',
      how: 'reset',
      closeCode: null,
    });
  });
});
