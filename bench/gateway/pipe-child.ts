// A bare byte pipe: Node's own `pipe`, both ways, and nothing else. `self` as port: the backend is in this process, as the gateway's is.
import { connect, createServer } from 'node:net';
import type { Duplex } from 'node:stream';
import { createUppercaseServer } from '../../sandbox-server/backend/uppercase.ts';
import { createWire } from '../../sandbox-server/backend/wire.ts';

const [given = 'self'] = process.argv.slice(2);
const own = createUppercaseServer({ onConsole() {}, maxConnections: 20_000 });

function backend(): Duplex {
  if (given !== 'self') return connect({ port: Number(given), host: '127.0.0.1', noDelay: true });
  const [near, far] = createWire();
  own.accept(far);
  return near;
}

const server = createServer({ noDelay: true }, (client) => {
  const target = backend();
  client.on('error', () => target.destroy()).pipe(target);
  target.on('error', () => client.destroy()).pipe(client);
});
server.listen(0, '127.0.0.1', 4_096, () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') process.stdout.write(`${address.port}\n`);
});
