import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect as net } from 'node:net';
import { connect as tls } from 'node:tls';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { exchangeRaw } from './raw-client.fixture.ts';
import type { GatewaySettings } from './settings.ts';
import {
  definitionText,
  handshakeScript,
  type StartedGateway,
  scriptPolicy,
  startGateway,
  upgradePolicy,
} from './started-gateway.fixture.ts';

let lab: StartedGateway | undefined;
afterEach(async () => {
  await lab?.close();
  expect(lab?.faults).toEqual([]);
  lab = undefined;
});

async function switched(switches: Partial<GatewaySettings>): Promise<StartedGateway> {
  lab = await startGateway({ switches });
  lab.deploy(definitionText('/one', upgradePolicy()));
  lab.deploy(definitionText('/script', scriptPolicy(handshakeScript())));
  return lab;
}

const status = async (started: StartedGateway, path: string) => {
  const [, response] = await once(started.connect(path), 'unexpected-response');
  response.resume();
  return [response.statusCode, response.headers];
};

const codes = (started: StartedGateway) => started.told('gateway-log').map(({ code }) => code);

function handshakeText(path: string): string {
  const key = randomBytes(16).toString('base64');
  return `GET ${path} HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\n\r\n`;
}

const logged = (started: StartedGateway) => started.told('gateway-log').map(({ text }) => text);

async function opened(started: StartedGateway, path: string) {
  const socket = started.connect(path);
  await once(socket, 'open');
  return socket;
}

describe('the switches of a sandbox’s gateway', () => {
  it('by default let both approaches connect', async () => {
    const started = await switched({});
    for (const path of ['/maple/sandbox/one', '/maple/sandbox/script']) (await opened(started, path)).close();
  });

  it('WebSocket upgrade off: the request goes on as a plain GET, and the client reads the target’s 426', async () => {
    const started = await switched({ webSocketUpgrade: false });
    expect((await status(started, '/maple/sandbox/one'))[0]).toBe(426);
    expect(logged(started)).toContain(
      "The handler's WebSocket upgrade is off: the request is served as a plain one.",
    );
    const [request] = started.told('target-request');
    expect(request?.headers.map(([name]) => name.toLowerCase())).not.toContain('upgrade');
  });

  it('WebSocket upgrade off: a scripted 101 goes out, and the connection ends after it', async () => {
    const started = await switched({ webSocketUpgrade: false });
    const { status: code, body } = await exchangeRaw(started.port, handshakeText('/maple/sandbox/script'));
    expect([code, body]).toEqual([101, '']);
  });

  it('WebSocket upgrade off: a client that does not close after the scripted 101 keeps no connection of the sandbox', async () => {
    const started = await switched({ webSocketUpgrade: false });
    const lax = net({ port: started.port, host: '127.0.0.1', allowHalfOpen: true });
    const socket = tls({ socket: lax, rejectUnauthorized: false });
    await once(socket, 'secureConnect');
    socket.write(handshakeText('/maple/sandbox/script'));
    await once(socket.resume(), 'end');
    expect(started.gateway.stats().connections).toBe(1);
    await vi.waitFor(() => expect(started.gateway.stats().connections).toBe(0), 20_000);
    socket.destroy();
  });

  it('GET not allowed: 405 with Allow for every GET, and other methods pass', async () => {
    const started = await switched({ getAllowed: false });
    const [code, headers] = await status(started, '/maple/sandbox/one');
    expect(code).toBe(405);
    expect(headers.allow).not.toMatch(/\bGET\b/);
    expect(logged(started).join()).toContain('does not allow the method GET');
    expect(codes(started)).toEqual(['0x00b3006b', null]);
    started.events.length = 0;
    const get = await exchangeRaw(started.port, 'GET /maple/sandbox/one HTTP/1.1\r\nHost: a\r\n\r\n');
    expect([get.status, ...codes(started)]).toEqual([405, null]);
    const post = await exchangeRaw(
      started.port,
      'POST /maple/sandbox/script HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n',
    );
    expect(post.status).not.toBe(405);
  });

  it('a catalog without wss: 404 for a handshake, while a plain request finds the API', async () => {
    const started = await switched({ protocols: ['http', 'https'] });
    expect((await status(started, '/maple/sandbox/one'))[0]).toBe(404);
    expect(logged(started).join()).toContain('supported protocols are http, https');
    const plain = await exchangeRaw(started.port, 'GET /maple/sandbox/one HTTP/1.1\r\nHost: a\r\n\r\n');
    expect(plain.status).toBe(426);
  });

  it('a catalog with wss alone: the handshake passes, and a plain request finds nothing', async () => {
    const started = await switched({ protocols: ['wss'] });
    (await opened(started, '/maple/sandbox/one')).close();
    const plain = await exchangeRaw(started.port, 'GET /maple/sandbox/one HTTP/1.1\r\nHost: a\r\n\r\n');
    expect(plain.status).toBe(404);
  });

  it('idle timeout: a silent connection is torn down without a close frame, and the log says that it was idle', async () => {
    const started = await switched({ idleTimeoutSeconds: 1 });
    const socket = await opened(started, '/maple/sandbox/one');
    const [code] = await once(socket, 'close');
    expect(code).toBe(1006);
    expect(await started.tells('connection-closed')).toMatchObject({
      by: 'gateway',
      how: 'idle',
      closeCode: null,
    });
  });

  it('response type JSON: the target has switched, and the client gets 500 all the same', async () => {
    const started = await switched({ responseType: 'json' });
    expect((await status(started, '/maple/sandbox/one'))[0]).toBe(500);
    expect(started.told('target-response')[0]?.status).toBe(101);
    expect(logged(started).join()).toContain('IT27954');
    (await opened(started, '/maple/sandbox/script')).close();
  });

  it('before IT35242: a status set by hand goes to the client; without it, or with the fix, the 101 does', async () => {
    const code = 200 + Math.floor(Math.random() * 4);
    const byHand = `${scriptPolicy(`context.set('message.status.code', ${code});`)}\n${upgradePolicy()}`;
    const started = await switched({ beforeIT35242: true });
    started.deploy(definitionText('/by-hand', byHand));
    expect((await status(started, '/maple/sandbox/by-hand'))[0]).toBe(code);
    expect(started.told('target-response')[0]?.status).toBe(101);
    (await opened(started, '/maple/sandbox/one')).close();
    await started.close();
    lab = await startGateway();
    lab.deploy(definitionText('/by-hand', byHand));
    (await opened(lab, '/maple/sandbox/by-hand')).close();
  });
});
