// A lab for the tests of checkpoints, one for all tests of a file.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll } from 'vitest';
import { loadServerCode } from '../backend/own-server/load-code.ts';
import { readConfig } from '../config.ts';
import { PATIENT } from '../gateway/started-gateway.fixture.ts';
import { createLab, type Lab } from '../lab.ts';
import type { Verdict } from './checkpoint.ts';
import { CHECKPOINTS } from './checkpoints.ts';

/** Called at the top of a test file; the lab is gone after its tests. */
export function labForChecks(settings: Record<string, string> = {}): Lab {
  const folder = mkdtempSync(join(tmpdir(), 'checks-'));
  const free = { PORT: '0', GATEWAY_PORT: '0', BACKEND_PORT: '0', SCRIPT_WORKERS: '2', DRAIN_SECONDS: '1' };
  // A verdict is wanted on a busy machine too.
  const patient = { ...PATIENT, CHECK_MS: '60000', CHECK_SLOW_MS: '60000' };
  const lab = createLab(
    readConfig({ ...free, ...patient, DATA_DIR: folder, ...settings }),
    pino({ level: 'silent' }),
  );
  // What the first check of a process bundles, compiles and starts is there before the tests: their time is for what they prove.
  beforeAll(() => warmUp(lab), 60_000);
  afterAll(async () => {
    await lab.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return lab;
}

/** The verdict on these files. Throws for a step without a checkpoint of files. */
export function verdictOn(lab: Lab, step: string, files: ReadonlyMap<string, string>): Promise<Verdict> {
  const checkpoint = CHECKPOINTS.get(step);
  if (checkpoint?.kind !== 'trial') throw new Error(`${step} is no checkpoint of files`);
  return lab.examiner.examineFiles(checkpoint, files);
}

/** Whether it comes to a verdict on a busy machine is no matter here. */
async function warmUp(lab: Lab): Promise<void> {
  await loadServerCode();
  await verdictOn(lab, 'refuse-without-key', new Map()).catch(() => {});
}
