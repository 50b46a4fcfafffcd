// Who closed and with which code, where messages are read: as the log and the page tell it.
import { once } from 'node:events';
import { expect, it, onTestFinished } from 'vitest';
import { openRaw, readHead } from '../../raw-client.fixture.ts';
import { definitionText, startGateway, upgradePolicy } from '../../started-gateway.fixture.ts';
import { openLayered, readItems } from './layered-tunnel.fixture.ts';
import { closePayload, OPCODE, writeFrame } from './write-frame.ts';

const below = Math.floor(Math.random() * 1_000);
const above = 5_000 + Math.floor(Math.random() * 60_000);

it.each([1004, 1005, 1006, 1015, below, above])(
  'a client that closes with %i, which may not be sent, is told of with its code, and the gateway as who closed, with the 1002 that went out',
  async (code) => {
    const lab = await startGateway({ switches: { textOnly: true } });
    onTestFinished(() => lab.close());
    lab.deploy(definitionText('/one', upgradePolicy()));
    const socket = await openRaw(lab.port);
    socket.write(
      'GET /maple/sandbox/one HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n',
    );
    expect((await readHead(socket)).status).toBe(101);
    const items = readItems(socket, false);
    socket.write(writeFrame(OPCODE.close, closePayload(code, 'bye'), true));
    const last = (await items).at(-1);
    expect(last?.kind === 'close' && last.payload.readUInt16BE(0)).toBe(1002);
    socket.end();
    const reason = `the close code ${code} may not be sent (RFC 6455 §7.4)`;
    expect(await lab.tells('connection-closed')).toMatchObject({
      by: 'gateway',
      how: 'close-frame',
      closeCode: 1002,
      closeReason: reason,
    });
    const closes = lab.told('frame').filter(({ opcode }) => opcode === OPCODE.close);
    expect(closes).toContainEqual(
      expect.objectContaining({ direction: 'client-to-gateway', closeCode: code, payload: 'bye' }),
    );
    expect(closes).toContainEqual(
      expect.objectContaining({ direction: 'gateway-to-client', closeCode: 1002, payload: reason }),
    );
    expect(closes).toContainEqual(
      expect.objectContaining({ direction: 'gateway-to-target', closeCode: 1001 }),
    );
    expect(lab.told('gateway-log').at(-1)?.text).toBe(
      `The client breaks the protocol: ${reason}. The gateway closes the connection; the client gets 1002.`,
    );
  },
);

it('a side that has closed rightly stays who closed, also where the other answers with a code that may not be sent', async () => {
  for (const first of ['client', 'target'] as const) {
    const { client, target, layer, over, events } = openLayered();
    const ends = { client, target };
    const [up, down] = [readItems(target, true), readItems(client, false)];
    const other = first === 'client' ? target : client;
    const read = once(other, 'data');
    ends[first].write(writeFrame(OPCODE.close, closePayload(1000, 'done'), first === 'client'));
    await read;
    other.write(writeFrame(OPCODE.close, closePayload(above, ''), first === 'target'));
    await Promise.all([up, down]);
    client.end();
    target.end();
    await over();
    expect(layer.ownClose()).toBeNull();
    expect(events.at(-1)).toMatchObject({
      by: first,
      how: 'close-frame',
      closeCode: 1000,
      closeReason: 'done',
    });
  }
});
