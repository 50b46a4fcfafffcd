// All checkpoints by their stable ids: those of the steps, and those of the exercises.
import type { Checkpoint } from './checkpoint.ts';
import { broadcast } from './exercises/broadcast.ts';
import { closeCodes } from './exercises/close-codes.ts';
import { deadPeers } from './exercises/dead-peers.ts';
import { jsonMessages } from './exercises/json-messages.ts';
import { reconnectWithBackOff } from './exercises/reconnect-with-back-off.ts';
import { refuseWithoutKey } from './exercises/refuse-without-key.ts';
import { requestInConnection } from './exercises/request-in-connection.ts';
import { deployUpgrade } from './steps/deploy-upgrade.ts';
import { handshakeApi } from './steps/handshake-api.ts';
import { handshakeHandler } from './steps/handshake-handler.ts';
import { installWs } from './steps/install-ws.ts';
import { serverFile } from './steps/server-file.ts';
import { startServer } from './steps/start-server.ts';
import { targetUrl } from './steps/target-url.ts';
import { testHandshake } from './steps/test-handshake.ts';
import { testUpgrade } from './steps/test-upgrade.ts';
import { upgradeApi } from './steps/upgrade-api.ts';
import { wssScheme } from './steps/wss-scheme.ts';

const steps: readonly Checkpoint[] = [
  installWs,
  serverFile,
  startServer,
  upgradeApi,
  targetUrl,
  wssScheme,
  deployUpgrade,
  testUpgrade,
  handshakeApi,
  handshakeHandler,
  testHandshake,
];

const exercises: readonly Checkpoint[] = [
  refuseWithoutKey,
  jsonMessages,
  broadcast,
  deadPeers,
  closeCodes,
  requestInConnection,
  reconnectWithBackOff,
];

export const CHECKPOINTS: ReadonlyMap<string, Checkpoint> = new Map(
  [...steps, ...exercises].map((checkpoint) => [checkpoint.step, checkpoint]),
);
