// How the sandbox's gateway is switched, over the HTTP interface. Fetched when the reader means to switch.
import { z } from 'zod/mini';
import { ask } from '../lab-server/ask.ts';
import { type SandboxUse, withSandbox } from '../sandbox/own-sandbox.ts';
import type { SandboxRecord } from '../sandbox/sandbox-record.ts';
import { defaultSettings, type Settings } from './default-settings.ts';

const settings = z.object({
  webSocketUpgrade: z.boolean(),
  getAllowed: z.boolean(),
  protocols: z.array(z.string()),
  idleTimeoutSeconds: z.number(),
  textOnly: z.boolean(),
  messageMaxBytes: z.nullable(z.number()),
  http2: z.boolean(),
  responseType: z.enum(['non-xml', 'json']),
  beforeIT35242: z.boolean(),
});

const pathOf = ({ organization }: SandboxRecord) =>
  `/api/sandboxes/${encodeURIComponent(organization)}/settings`;

/** Those of an existing sandbox. Throws a LabProblem. */
export function readSettings(sandbox: SandboxRecord, signal: AbortSignal): Promise<Settings> {
  return ask({ method: 'GET', path: pathOf(sandbox), token: sandbox.token, signal }, settings, [200]);
}

/** Switches, in a sandbox that is made where there is none; its result is what holds now. Throws a LabProblem. */
export function changeSettings(
  wanted: Partial<Settings>,
  signal: AbortSignal,
): Promise<SandboxUse<Settings>> {
  const body = { type: 'application/json' as const, text: JSON.stringify({ ...defaultSettings, ...wanted }) };
  return withSandbox(
    (sandbox) =>
      ask({ method: 'PUT', path: pathOf(sandbox), body, token: sandbox.token, signal }, settings, [200]),
    signal,
  );
}
