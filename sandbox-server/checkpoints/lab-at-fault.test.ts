// What the lab itself breaks off during a check is no mistake in the files.
import { expect, test } from 'vitest';
import { ServersStopped } from '../backend/own-server/pool.ts';
import type { TrialCheckpoint } from './checkpoint.ts';
import { labForChecks } from './examined.fixture.ts';
import { connected } from './exercises/connected.ts';
import { knownGoodFiles } from './known-good.ts';
import { LabTooSlow } from './pace.ts';

/** Tells when its client is connected, and fails when that connection ends. */
function connectedCheck() {
  const up = Promise.withResolvers<void>();
  const checkpoint: TrialCheckpoint = {
    step: 'stays',
    kind: 'trial',
    files: { 'server.js': 'server' },
    async check(examination) {
      const socket = await connected(examination);
      up.resolve();
      const end = await socket.closed();
      examination.expect(end === null, {
        title: 'It stays',
        exchange: socket,
        expected: 'an open connection',
        received: `close ${end?.code}`,
        hint: 'Stay.',
      });
    },
  };
  return { checkpoint, up: up.promise };
}

const patient = { CHECK_MS: '60000', SERVER_THREADS: '1' };
const stopping = labForChecks(patient);
const disturbed = labForChecks(patient);
/** Of a test on a busy machine. */
const PATIENCE_MS = 60_000;

test('a connection that the stopping lab ends', { timeout: PATIENCE_MS }, async () => {
  const { checkpoint, up } = connectedCheck();
  const verdict = stopping.examiner.examineFiles(checkpoint, knownGoodFiles);
  void up.then(() => stopping.gateway.close());
  await expect(verdict).rejects.toThrow(ServersStopped);
});

test('a server whose thread another learner’s has brought to a stand', { timeout: PATIENCE_MS }, async () => {
  const { checkpoint, up } = connectedCheck();
  const verdict = disturbed.examiner.examineFiles(checkpoint, knownGoodFiles);
  // One step of the engine, in which it cannot be stopped.
  const other = disturbed.directory.create().sandbox.servers;
  const stand = up.then(() => other.deploy(8091, `new Array(1e9) + ''`));
  await expect(verdict).rejects.toThrow(LabTooSlow);
  expect((await stand)?.error.message).toMatch(/single step/);
});
