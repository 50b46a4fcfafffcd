import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createVirtualNetwork, type SandboxNetwork } from './network.ts';
import { createWire } from './wire.ts';

function connect(network: SandboxNetwork): WebSocket {
  return new WebSocket('ws://backend/', { createConnection: () => network.connect(8091) });
}

describe('the network of a sandbox', () => {
  it('reaches the uppercase server on port 8091, and says whose console speaks', async () => {
    const told: string[] = [];
    const network = createVirtualNetwork({
      onConsole: (port, level, text) => told.push(`${port} ${level} ${text}`),
    });
    const socket = connect(network);
    const [data] = await once(socket, 'message');
    expect(String(data)).toBe('Welcome to the WebSocket server!');
    expect(told).toEqual(['8091 log Client connected']);
    await network.close();
    expect(network.connections()).toBe(0);
  });

  it('refuses where no server is, as a socket would', () => {
    const network = createVirtualNetwork({ onConsole() {} });
    expect(() => network.connect(8092)).toThrow(expect.objectContaining({ code: 'ECONNREFUSED' }));
  });

  it('refuses beyond its connections, and counts again when they are gone', async () => {
    const network = createVirtualNetwork({ onConsole() {}, maxConnections: 1 });
    const socket = connect(network);
    await once(socket, 'open');
    expect(() => network.connect(8091)).toThrow(expect.objectContaining({ code: 'ECONNREFUSED' }));
    socket.terminate();
    while (network.connections() > 0) await new Promise((resolve) => setImmediate(resolve));
    await once(connect(network), 'open');
    await network.close();
  });
});

describe('a wire', () => {
  it('brings what was written before the end, then the end, then closes both', async () => {
    const [client, server] = createWire();
    server.write('last words');
    server.end();
    server.resume();
    const chunks = (await client.toArray()).map(String);
    client.end();
    expect(chunks.join('')).toBe('last words');
    if (!server.closed) await once(server, 'close');
    if (!client.closed) await once(client, 'close');
  });

  it('brings in one piece what was written together', async () => {
    const [client, server] = createWire();
    server.cork();
    for (const piece of ['head', ' and ', 'payload']) server.write(piece);
    server.uncork();
    expect(String((await once(client, 'data'))[0])).toBe('head and payload');
    client.destroy();
  });

  it('lets nobody wait for what is written to an end that is gone, before it went or after', async () => {
    const [client, server] = createWire();
    const written = ['x'.repeat(500_000), 'more'].map(
      (text) => new Promise((resolve) => server.write(text, resolve)),
    );
    client.write('last words');
    client.destroy();
    await Promise.all(written);
    await new Promise((resolve) => server.write('too late', resolve));
    // The writer reads on only now.
    expect((await server.toArray()).map(String)).toEqual(['last words']);
    if (!server.closed) await once(server, 'close');
  });

  it('tells an end that is destroyed from one that fails', async () => {
    const [client, server] = createWire();
    let ended = false;
    client.on('end', () => {
      ended = true;
    });
    client.resume();
    server.destroy();
    await once(client, 'close');
    expect(ended).toBe(true);

    const [other, failing] = createWire();
    failing.on('error', () => {});
    other.on('end', () => expect.unreachable());
    other.resume();
    failing.destroy(new Error('crashed'));
    await once(other, 'close');
  });
});
