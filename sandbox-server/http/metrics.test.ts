import { randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import { metrics } from './metrics.ts';

test('every metric has its help, its type and a number, labels escaped', () => {
  const runs = randomInt(1_000_000);
  const text = metrics({
    engine: {
      stats: () => ({
        workers: 4,
        idle: 3,
        running: 1,
        queued: 0,
        refused: 2,
        workersReplaced: 5,
        runs: {
          completed: runs,
          rejected: 0,
          threw: 0,
          'syntax-error': 0,
          interrupted: 0,
          'out-of-memory': 0,
        },
      }),
    },
    compiler: { stats: () => ({ queued: 3, cut: 1 }) },
    gateway: { stats: () => ({ connections: 7, handshakes: { 'a "quoted"\n\\': 1 } }) },
    servers: { stats: () => ({ servers: 11, threads: 2, lost: 1 }) },
    directory: { count: () => 9 },
  });
  expect(text).toContain(`\nlab_script_runs_total{outcome="completed"} ${runs}\n`);
  expect(text).toContain('lab_gateway_handshakes_total{result="a \\"quoted\\"\\n\\\\"} 1\n');
  expect(text).toContain('\nlab_sandboxes 9\n'.trimStart());
  const line = /^(# HELP lab_\w+ .+|# TYPE lab_\w+ (counter|gauge)|lab_\w+(\{\w+="(\\.|[^"\\\n])*"\})? \d+)$/;
  for (const one of text.trimEnd().split('\n')) expect(one).toMatch(line);
});
