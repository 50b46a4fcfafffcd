// Exercise: the script's own answer is whole, so that every client takes it.
import type { TrialCheckpoint } from '../checkpoint.ts';
import { expectWholeAnswer, NOTHING_COPIED } from './whole-answer.ts';

export const everyClient: TrialCheckpoint = {
  step: 'every-client',
  kind: 'trial',
  files: { 'handler.js': 'script' },
  host: NOTHING_COPIED,
  check: expectWholeAnswer,
};
