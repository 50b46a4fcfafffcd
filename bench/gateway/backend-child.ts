// The uppercase server alone in a process: what byte pipe and nginx pass bytes to.
import { createUppercaseServer } from '../../sandbox-server/backend/uppercase.ts';

const server = createUppercaseServer({ onConsole() {}, maxConnections: 20_000 });
const { port } = await server.listen(0, '127.0.0.1');
process.stdout.write(`${port}\n`);
