// Exercise: an error is turned into a success on its way to the client.
import { randomBytes } from 'node:crypto';
import { refusedConnection } from '../../backend/refused.ts';
import type { TrialCheckpoint } from '../checkpoint.ts';
import { expectRefused } from './refused.ts';
import { expectThrough } from './through.ts';

/** Of the server behind websocket-upgrade. */
const TARGET_PORT = 8091;

export const findTheFault4: TrialCheckpoint = {
  step: 'find-the-fault-4',
  kind: 'trial',
  files: { 'websocket-upgrade.yaml': 'definition' },
  async check(examination) {
    await expectRefused(
      examination,
      {},
      {
        what: 'A client without X-Tenant',
        status: 400,
        hint: 'Read the trace from its end: see which policy ran last before the answer.',
      },
    );
    await expectThrough(
      examination,
      { headers: { 'X-Tenant': randomBytes(4).toString('hex') } },
      'A client with X-Tenant',
      'Who names a tenant is to connect: leave the script, and websocket-upgrade behind it.',
    );
    // Whoever writes 400 into the handler turns one wrong status into another.
    examination.serve(TARGET_PORT, () => {
      throw refusedConnection(TARGET_PORT, 'has no server');
    });
    await expectRefused(
      examination,
      { headers: { 'X-Tenant': randomBytes(4).toString('hex') } },
      {
        what: 'A client with X-Tenant, while the target is down,',
        status: 500,
        hint: 'The handler is for every error: give the client the status of the one that it handles, not always the same.',
      },
    );
  },
};
