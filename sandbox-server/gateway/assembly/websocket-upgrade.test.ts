import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { acceptValue } from '../handshake/accept.ts';
import { headerPairs } from '../handshake/headers.ts';
import { upgradePolicy } from '../started-gateway.fixture.ts';
import { closeTarget, refused, switching, type Target, withTarget } from './one-target.fixture.ts';

afterEach(closeTarget);

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
