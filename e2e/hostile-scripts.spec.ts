// Scripts that mean harm, sent to the built product: each gets its outcome within a second, and leaves nothing behind.
import { readFileSync } from 'node:fs';
import { within } from '../sandbox-server/gatewayscript/promise-of-time.fixture.ts';
import { expect, test } from './lab/test.ts';

const HOSTILE: [name: string, script: string, outcomes: string[]][] = [
  ['loops', 'while (true) {}', ['interrupted']],
  [
    'allocates without end',
    'const all = []; for (;;) all.push(new Array(10000).fill(1));',
    ['out-of-memory', 'interrupted'],
  ],
  [
    'doubles a string without end',
    "let s = 'x'; for (;;) s += s;",
    ['out-of-memory', 'threw', 'interrupted'],
  ],
  ['recurses', 'function f() { return f() + 1; } f();', ['threw']],
  ['joins a sparse array of a billion', "new Array(1e9) + ''", ['interrupted', 'out-of-memory', 'threw']],
  [
    'storms with promises',
    'function again() { return Promise.resolve().then(again); } again();',
    ['interrupted', 'out-of-memory'],
  ],
];

/** Resident memory of a process, in MiB. */
function residentMiB(pid: number): number {
  const match = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(match?.[1]) / 1024;
}

for (const [name, script, outcomes] of HOSTILE) {
  test(`a script that ${name} gets its outcome within 1 s, and the next run works`, async ({ request }) => {
    const attack = async () => {
      const answer = await within(1_000, () => request.post('/api/runs', { data: { script } }));
      expect(answer.status()).toBe(200);
      return answer.json();
    };
    let run = await attack();
    // One that ends by itself may run out of its time on a busy machine, but not five times one after the other.
    const cutOff = () => run.outcome === 'interrupted' && !outcomes.includes('interrupted');
    for (let again = 0; again < 4 && cutOff(); again += 1) run = await attack();
    expect(outcomes).toContain(run.outcome);
    expect(run.error.message).not.toBe('');

    const number = Math.random();
    const next = await request.post('/api/runs', {
      data: { script: `context.set('message.body', { n: ${number} });` },
    });
    expect(await next.json()).toMatchObject({
      outcome: 'completed',
      response: { body: JSON.stringify({ n: number }) },
    });
  });
}

test('after many of them the memory of the server is where it was', async ({ lab, request }) => {
  const pid = Number(lab.process.pid);
  const all = () => Promise.all(HOSTILE.map(([, script]) => request.post('/api/runs', { data: { script } })));
  // Until all threads that run scripts have run such ones.
  for (let round = 0; round < 5; round++) await all();
  const before = residentMiB(pid);
  for (let round = 0; round < 10; round++) await all();
  // One that stayed would be 64 MiB a time.
  await expect.poll(() => residentMiB(pid)).toBeLessThan(before + 200);
});
