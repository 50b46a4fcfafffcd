// Step "Answer the handshake": the script's own answer is whole, also where the gateway copies nothing from the request.
import type { TrialCheckpoint } from '../checkpoint.ts';
import { expectWholeAnswer, NOTHING_COPIED } from '../exercises/whole-answer.ts';

export const handshakeHandler: TrialCheckpoint = {
  step: 'handshake-handler',
  kind: 'trial',
  files: { 'handler.js': 'script' },
  host: NOTHING_COPIED,
  check: expectWholeAnswer,
};
