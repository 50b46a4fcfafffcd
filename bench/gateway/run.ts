// The gateway's part of the benchmark: what is measured, against what it has to hold.
import type { Tell } from '../tell.ts';
import { handshakes, idleMemory, messages } from './measure.ts';
import { startNginx, startPeer } from './peers.ts';

const IDLE = 10_000;

export async function benchGateway(tell: Tell): Promise<void> {
  console.log(
    'The gateway beside nginx and a bare pipe: plain TCP for all, each a process of its own, one backend (ws, echo).',
  );
  const backend = await startPeer('backend', 'echo-backend.ts');
  const env = { BACKEND: String(backend.port) };
  const pipe = await startPeer('pipe', 'byte-pipe.ts', env);
  const gateway = await startPeer('gateway', 'gateway-process.ts', env, '/maple/sandbox/one');
  const watched = await startPeer(
    'watched',
    'gateway-process.ts',
    { ...env, WATCHED: 'yes' },
    '/maple/sandbox/one',
  );
  const nginx = await startNginx(backend.port, backend.port === 18_080 ? 18_081 : 18_080);
  try {
    for (const clients of [100, 1_000]) {
      const loads = await messages([pipe, gateway, ...(nginx ? [nginx] : []), watched], clients);
      const of = (name: string) => loads.get(name) ?? { perSecond: 0, p99: 0 };
      const to = (name: string, other: string) => of(name).perSecond / of(other).perSecond;
      for (const [name, load] of loads) tell(`${clients} clients, ${name}`, load.perSecond, 'msg/s');
      tell(
        '  gateway to pipe, nobody watching',
        to('gateway', 'pipe'),
        '×',
        to('gateway', 'pipe') >= 0.9,
        '≥ 0.9',
      );
      tell('  gateway to pipe, watched', to('watched', 'pipe'), '×', to('watched', 'pipe') >= 0.75, '≥ 0.75');
      if (nginx) {
        tell(
          '  gateway to nginx, nobody watching',
          to('gateway', 'nginx'),
          '×',
          to('gateway', 'nginx') >= 0.7,
          '≥ 0.7',
        );
        tell('  pipe to nginx', to('pipe', 'nginx'), '×');
      }
      const p99 = of('gateway').p99 / of('pipe').p99;
      tell('  p99 of the gateway to the pipe’s', p99, '×', p99 <= 1.5, '≤ 1.5');
    }
    const one = await handshakes(gateway, '/maple/sandbox/one', 1_000);
    tell('1,000 handshakes, approach 1', one, 's', one <= 1.5, '≤ 1.5 s');
    const two = await handshakes(gateway, '/maple/sandbox/two', 1_000);
    tell('1,000 handshakes, approach 2', two, 's', two <= 3, '≤ 3 s');
    const memory = await idleMemory(gateway, IDLE);
    tell(`${IDLE} idle connections`, memory, 'MiB', memory <= 400, '≤ 400 MB');
  } finally {
    for (const peer of [nginx, watched, gateway, pipe, backend]) await peer?.stop();
  }
}
