// Step "Allow wss": a WebSocket client is let in.
import type { TrialCheckpoint } from '../checkpoint.ts';
import { expectUppercase } from './uppercase.ts';

export const wssScheme: TrialCheckpoint = {
  step: 'wss-scheme',
  kind: 'trial',
  files: { 'websocket-upgrade.yaml': 'definition' },
  check: expectUppercase,
};
