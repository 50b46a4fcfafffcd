// The engine's part of the benchmark: it against a fresh isolate and a new process doing the same script in the same minute, and a full room.
import { throughput, warmRuns } from './engine-runs.ts';
import { freshRunner } from './fresh-isolate.ts';
import { HANDSHAKE } from './handshake-script.ts';
import { startLab } from './lab-server.ts';
import { room } from './learners.ts';
import { runInNewProcess } from './new-process.ts';
import { percentile, timed } from './percentile.ts';
import { tell } from './tell.ts';
import { idleWorkerMib } from './worker-memory.ts';

const ROUNDS = 3;

export async function benchEngine(): Promise<void> {
  const warm = await warmRuns(HANDSHAKE, 2_000);
  const warmP50 = percentile(warm, 0.5);
  tell('a warm run, p50', warmP50, 'ms', warmP50 <= 1, '≤ 1 ms');
  tell('a warm run, p95', percentile(warm, 0.95), 'ms');

  const fresh = freshRunner(process.env.ISOLATED_VM);
  const isolates = await timed(200, () => fresh.run(HANDSHAKE));
  const isolateP50 = percentile(isolates, 0.5);
  tell(`${fresh.name}, p50`, isolateP50, 'ms');
  tell(
    '  times as long as a warm run',
    isolateP50 / warmP50,
    '×',
    fresh.isIsolate ? isolateP50 / warmP50 >= 4 : null,
    '≥ 4',
  );
  if (!fresh.isIsolate)
    console.log(
      '  (set ISOLATED_VM to a folder of isolated-vm built for this Node to compare with an isolate)',
    );
  const processP50 = percentile(await timed(15, () => runInNewProcess(HANDSHAKE)), 0.5);
  tell('a new node process, p50', processP50, 'ms');
  tell('  times as long as a warm run', processP50 / warmP50, '×');

  const perSecond = await throughput(HANDSHAKE);
  tell('runs a second, two workers', perSecond, 'runs/s', perSecond >= 3_000, '≥ 3000');

  const lab = await startLab();
  try {
    await room(lab.page, HANDSHAKE, 0);
    const plain: number[] = [];
    const withLoops: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      plain.push(...(await room(lab.page, HANDSHAKE, 0)));
      withLoops.push(...(await room(lab.page, HANDSHAKE, 0.05)));
    }
    const p95 = percentile(plain, 0.95);
    tell('200 learners within 2 s, p50', percentile(plain, 0.5), 'ms');
    tell('200 learners within 2 s, p95', p95, 'ms', p95 <= 20, '≤ 20 ms');
    const loopsP95 = percentile(withLoops, 0.95);
    tell('  and 5 % of them run endless loops, p50 of the others', percentile(withLoops, 0.5), 'ms');
    tell(
      '  and 5 % of them run endless loops, p95 of the others',
      loopsP95,
      'ms',
      loopsP95 <= 400,
      '≤ 400 ms',
    );
  } finally {
    await lab.close();
  }

  const idle = idleWorkerMib();
  tell('memory of an idle worker', idle, 'MiB', idle <= 16, '≤ 16 MiB');
}
