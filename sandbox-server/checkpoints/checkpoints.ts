// All checkpoints by their stable ids: those of the steps, and those of the exercises.
import type { Checkpoint } from './checkpoint.ts';
import { refuseWithoutKey } from './exercises/refuse-without-key.ts';
import { serverFile } from './steps/server-file.ts';
import { targetUrl } from './steps/target-url.ts';
import { testUpgrade } from './steps/test-upgrade.ts';

const all: readonly Checkpoint[] = [serverFile, targetUrl, testUpgrade, refuseWithoutKey];

export const CHECKPOINTS: ReadonlyMap<string, Checkpoint> = new Map(
  all.map((checkpoint) => [checkpoint.step, checkpoint]),
);
