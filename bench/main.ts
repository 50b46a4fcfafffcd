// `npm run bench`: the parts that its arguments name, `engine`, `gateway`, `events` or `servers`; without any, all.
import { loadavg } from 'node:os';
import { benchEngine } from './engine.ts';
import { benchEvents } from './events.ts';
import { benchGateway } from './gateway/gateway.ts';
import { benchServers } from './servers.ts';

const PARTS: Record<string, () => Promise<void>> = {
  engine: benchEngine,
  gateway: benchGateway,
  events: benchEvents,
  servers: benchServers,
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(PARTS, name));
if (unknown.length > 0) {
  console.error(
    `There is no part ${unknown.join(', ')} of the benchmark, only ${Object.keys(PARTS).join(', ')}.`,
  );
  process.exit(1);
}

const load = () => `load average ${(loadavg()[0] ?? 0).toFixed(1)}`;
console.log(`Node ${process.version}, ${load()}`);
for (const [name, part] of Object.entries(PARTS)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log(`\n${name}`);
  await part();
}
console.log(`\n${load()}; on a machine that does other work too, times are longer than they are.`);
process.exit();
