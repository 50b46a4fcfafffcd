// Opens a peer's server on a free port, prints the port, and ends with the signal.
import type { Server } from 'node:net';

export function announce(server: Server): void {
  server.listen({ port: 0, host: '127.0.0.1', backlog: 4_096 }, () => {
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('the peer has no port');
    process.stdout.write(`${address.port}\n`);
  });
  process.on('SIGTERM', () => process.exit());
}
