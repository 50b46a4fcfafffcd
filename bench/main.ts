// The benchmark: `npm run bench`, or a part of it, `npm run bench engine` or `npm run bench gateway`.
import { loadavg } from 'node:os';
import { benchEngine } from './engine.ts';
import { benchGateway } from './gateway/run.ts';
import { tell } from './tell.ts';

const PARTS = { engine: benchEngine, gateway: benchGateway };

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !Object.hasOwn(PARTS, name));
if (unknown.length > 0) {
  console.error(
    `There is no part ${unknown.join(', ')} of the benchmark; there are ${Object.keys(PARTS).join(', ')}.`,
  );
  process.exit(2);
}

const load = () => `load average ${(loadavg()[0] ?? 0).toFixed(1)}`;
console.log(`Node ${process.version}, ${load()}`);
for (const [name, bench] of Object.entries(PARTS)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log('');
  await bench(tell);
}
console.log(`\n${load()}; on a machine that does other work too, times are longer than they are.`);
// Worker threads of an engine may still be up.
process.exit();
