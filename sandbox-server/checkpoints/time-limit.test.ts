// No check outlives its time, whatever it waits for.
import { expect, test, vi } from 'vitest';
import { definitionText, upgradePolicy } from '../gateway/started-gateway.fixture.ts';
import type { TrialCheckpoint, Verdict } from './checkpoint.ts';
import { labForChecks } from './examined.fixture.ts';
import { LabTooSlow } from './pace.ts';

// Long enough for what comes before the waiting, also on a busy machine.
const lab = labForChecks({ CHECK_MS: '1500' });

/** Asks again as the page does where the lab has not deployed the file in that time. */
async function examined(check: TrialCheckpoint['check']): Promise<Verdict> {
  const files = { 'one.yaml': 'definition' } as const;
  const texts = new Map([['one.yaml', definitionText('/one', upgradePolicy())]]);
  try {
    return await lab.examiner.examineFiles({ step: 'late', kind: 'trial', files, check }, texts);
  } catch (error) {
    if (!(error instanceof LabTooSlow)) throw error;
    return examined(check);
  }
}

const late = {
  title: 'An answer to every client',
  passed: false,
  received: 'the check took more than 1.5 s',
};

test('behind the gateway nobody answers: a handshake ends with the time, and nothing stays open', async () => {
  const verdict = await examined(async ({ serve, handshake }) => {
    serve(8091, () => {});
    await handshake();
  });
  expect(verdict).toMatchObject({ passed: false, tries: [late] });
  await vi.waitFor(() => expect(lab.gateway.stats().connections).toBe(0), 20_000);
});

test('a WebSocket that is never answered ends with the time too', async () => {
  const verdict = await examined(async ({ serve, connect }) => {
    serve(8091, () => {});
    await connect();
    await connect();
  });
  expect(verdict).toMatchObject({ passed: false, tries: [late] });
  await vi.waitFor(() => expect(lab.gateway.stats().connections).toBe(0), 20_000);
});

test('what a check does after its time is not told', async () => {
  const verdict = await examined(async ({ signal, expect: hold }) => {
    const what = { title: 'it', exchange: null, expected: 'it', received: 'it', hint: 'It.' };
    hold(true, what);
    await new Promise((resolve) => signal.addEventListener('abort', resolve));
    hold(false, { ...what, title: 'too late' });
  });
  expect(verdict).toMatchObject({ passed: false, hint: null });
  expect(verdict.tries.map(({ title }) => title)).toEqual(['it', late.title]);
});

test('a check that waits for nothing at all comes to an end', async () => {
  expect(await examined(() => new Promise(() => {}))).toMatchObject({ passed: false, tries: [late] });
});
