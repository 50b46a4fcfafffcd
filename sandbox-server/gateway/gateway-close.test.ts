import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { createWire } from '../backend/wire.ts';
import { exchangeRaw, openRaw, readHead } from './raw-client.fixture.ts';
import {
  definitionText,
  handshakeScript,
  scriptPolicy,
  startGateway,
  upgradePolicy,
} from './started-gateway.fixture.ts';

describe('a gateway that closes', () => {
  it('says 1001 to every client, ends all connections and leaves none behind', async () => {
    const lab = await startGateway();
    lab.deploy(definitionText('/one', upgradePolicy()));
    lab.deploy(definitionText('/two', scriptPolicy(handshakeScript())));
    const sockets = ['one', 'two', 'one'].map((name) => lab.connect(`/maple/sandbox/${name}`));
    await Promise.all(sockets.map((socket) => once(socket, 'open')));
    const codes = Promise.all(sockets.map((socket) => once(socket, 'close').then(([code]) => code)));
    await lab.close();
    expect(await codes).toEqual([1001, 1001, 1001]);
    expect(lab.told('connection-closed')).toMatchObject(
      Array(3).fill({ by: 'gateway', how: 'shutdown', closeCode: 1001 }),
    );
    expect([lab.gateway.stats().connections, lab.network.connections(), lab.faults]).toEqual([0, 0, []]);
  });

  it('cuts a client that does not end, after the seconds of the drain', async () => {
    const lab = await startGateway();
    lab.deploy(definitionText('/one', upgradePolicy()));
    const socket = await openRaw(lab.port);
    const key = 'dGhlIHNhbXBsZSBub25jZQ==';
    socket.write(
      `GET /maple/sandbox/one HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\n\r\n`,
    );
    expect((await readHead(socket)).status).toBe(101);
    const startedAt = performance.now();
    await lab.close();
    expect(performance.now() - startedAt).toBeLessThan(20_000);
    expect([lab.gateway.stats().connections, lab.network.connections()]).toEqual([0, 0]);
    socket.destroy();
  });

  it('ends a handshake that waits for its target', async () => {
    const wires = [createWire()];
    const network = { connect: () => wires[0]?.[0] ?? createWire()[0] };
    const lab = await startGateway({ network });
    lab.deploy(definitionText('/one', upgradePolicy()));
    const socket = lab.connect('/maple/sandbox/one');
    const refused = once(socket, 'unexpected-response');
    await lab.tells('target-request');
    await lab.gateway.close();
    const [, response] = await refused;
    expect(response.statusCode).toBe(500);
    response.resume();
    expect(lab.gateway.stats().connections).toBe(0);
    // From now on nothing is let in.
    const late = await exchangeRaw(lab.port, 'GET /maple/sandbox/one HTTP/1.1\r\nHost: a\r\n\r\n');
    expect(late.status).toBe(503);
    await lab.close();
  });
});
