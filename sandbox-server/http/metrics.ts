// How busy the lab is, in Prometheus' text format, version 0.0.4.
import type { ServerPool } from '../backend/own-server/pool.ts';
import type { Compiler } from '../gateway/compiler/compiler.ts';
import type { Gateway } from '../gateway/types.ts';
import type { Engine } from '../gatewayscript/types.ts';

export interface MetricsParts {
  engine: Pick<Engine, 'stats'>;
  compiler: Pick<Compiler, 'stats'>;
  gateway: Pick<Gateway, 'stats'>;
  servers: Pick<ServerPool, 'stats'>;
  directory: { count(): number };
}

type Samples = number | [label: string, values: Record<string, number>];

/** Backslash, quote and line break are escaped in a label's value (Prometheus, "Exposition formats"). */
const escaped = (value: string) => value.replace(/[\\"\n]/g, (c) => (c === '\n' ? '\\n' : `\\${c}`));

function family(name: string, type: 'counter' | 'gauge', help: string, samples: Samples): string {
  const lines =
    typeof samples === 'number'
      ? [`${name} ${samples}`]
      : Object.entries(samples[1]).map(([value, n]) => `${name}{${samples[0]}="${escaped(value)}"} ${n}`);
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`, ...lines, ''].join('\n');
}

/** All metrics of the lab as one text. */
export function metrics({ engine, compiler, gateway, servers, directory }: MetricsParts): string {
  const scripts = engine.stats();
  const compiling = compiler.stats();
  const traffic = gateway.stats();
  const own = servers.stats();
  return [
    family('lab_sandboxes', 'gauge', 'Sandboxes that exist.', directory.count()),
    family('lab_script_workers', 'gauge', 'Worker threads for scripts.', scripts.workers),
    family('lab_script_workers_idle', 'gauge', 'Workers without a script.', scripts.idle),
    family('lab_scripts_running', 'gauge', 'Scripts that run now.', scripts.running),
    family('lab_scripts_queued', 'gauge', 'Scripts that wait for a worker.', scripts.queued),
    family('lab_script_runs_total', 'counter', 'Scripts that ended, by outcome.', ['outcome', scripts.runs]),
    family(
      'lab_script_runs_refused_total',
      'counter',
      'Scripts refused as the queue was full.',
      scripts.refused,
    ),
    family(
      'lab_script_workers_replaced_total',
      'counter',
      'Workers replaced after an abort.',
      scripts.workersReplaced,
    ),
    family(
      'lab_definitions_queued',
      'gauge',
      'Definitions and products that wait to be compiled.',
      compiling.queued,
    ),
    family(
      'lab_definitions_cut_total',
      'counter',
      'Definitions and products that were cut at the deadline.',
      compiling.cut,
    ),
    family('lab_gateway_connections', 'gauge', 'Open connections of the gateway.', traffic.connections),
    family('lab_gateway_handshakes_total', 'counter', 'Handshakes, by how they ended.', [
      'result',
      traffic.handshakes,
    ]),
    family('lab_servers_running', 'gauge', 'Servers of learners that run.', own.servers),
    family(
      'lab_server_threads_lost_total',
      'counter',
      'Threads of such servers that one of them took along.',
      own.lost,
    ),
    family('lab_memory_bytes', 'gauge', 'Resident memory of the process.', process.memoryUsage.rss()),
  ].join('');
}
