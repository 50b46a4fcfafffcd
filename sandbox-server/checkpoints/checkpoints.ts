// All checkpoints by their stable ids: those of the steps, and those of the exercises.
import type { Checkpoint } from './checkpoint.ts';
import { broadcast } from './exercises/broadcast.ts';
import { closeCodes } from './exercises/close-codes.ts';
import { deadPeers } from './exercises/dead-peers.ts';
import { everyClient } from './exercises/every-client.ts';
import { findTheFault1 } from './exercises/find-the-fault-1.ts';
import { findTheFault2 } from './exercises/find-the-fault-2.ts';
import { findTheFault3 } from './exercises/find-the-fault-3.ts';
import { findTheFault4 } from './exercises/find-the-fault-4.ts';
import { findTheFault5 } from './exercises/find-the-fault-5.ts';
import { jsonMessages } from './exercises/json-messages.ts';
import { limitMessages } from './exercises/limit-messages.ts';
import { pickSubprotocol } from './exercises/pick-subprotocol.ts';
import { reconnectWithBackOff } from './exercises/reconnect-with-back-off.ts';
import { refuseForeignOrigin } from './exercises/refuse-foreign-origin.ts';
import { refuseWithoutKey } from './exercises/refuse-without-key.ts';
import { refuseWrongVersion } from './exercises/refuse-wrong-version.ts';
import { requestInConnection } from './exercises/request-in-connection.ts';
import { requireApiKey } from './exercises/require-api-key.ts';
import { validateJwt } from './exercises/validate-jwt.ts';
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
  everyClient,
  refuseWithoutKey,
  refuseWrongVersion,
  refuseForeignOrigin,
  pickSubprotocol,
  requireApiKey,
  validateJwt,
  limitMessages,
  jsonMessages,
  requestInConnection,
  broadcast,
  closeCodes,
  deadPeers,
  reconnectWithBackOff,
  findTheFault1,
  findTheFault2,
  findTheFault3,
  findTheFault4,
  findTheFault5,
];

export const CHECKPOINTS: ReadonlyMap<string, Checkpoint> = new Map(
  [...steps, ...exercises].map((checkpoint) => [checkpoint.step, checkpoint]),
);
