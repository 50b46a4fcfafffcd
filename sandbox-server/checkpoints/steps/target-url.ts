// Step "Set the target URL": a client of the API talks to the server behind it.
import type { TrialCheckpoint } from '../checkpoint.ts';
import { expectUppercase } from './uppercase.ts';

export const targetUrl: TrialCheckpoint = {
  step: 'target-url',
  kind: 'trial',
  files: { 'websocket-upgrade.yaml': 'definition' },
  check(examination) {
    // Opening the API for WebSocket clients is the matter of the next step, so here the lab does it.
    for (const { schemes } of examination.apis()) if (!schemes.includes('wss')) schemes.push('wss');
    return expectUppercase(examination);
  },
};
