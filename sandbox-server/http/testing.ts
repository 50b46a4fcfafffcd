// What the tests of the routes share: a lab without ports over a folder of its own, taken away afterwards.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { onTestFinished } from 'vitest';
import { z } from 'zod';
import { readConfig } from '../config.ts';
import { type Compiler, createCompiler } from '../gateway/compiler/compiler.ts';
import { PATIENT } from '../gateway/started-gateway.fixture.ts';
import { createLab } from '../lab.ts';
import { newSandboxSchema } from './sandbox-schemas.ts';

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lab-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The settings of a test: free ports, no log, a folder of its own, and patience on a busy machine. */
export function testConfig(settings: Record<string, string> = {}) {
  const free = { PORT: '0', GATEWAY_PORT: '0', BACKEND_PORT: '0', LOG_LEVEL: 'silent', SCRIPT_WORKERS: '2' };
  return readConfig({
    ...free,
    ...PATIENT,
    CHECK_MS: '60000',
    CHECK_SLOW_MS: '60000',
    DATA_DIR: temporaryFolder(),
    ...settings,
  });
}

let shared: Compiler | undefined;

/** One for all labs of a test file, since a thread takes longer to start than most tests; it outlives them, and keeps no process alive. */
function sharedCompiler(): Compiler {
  shared ??= createCompiler(readConfig({}));
  return { ...shared, close: async () => {} };
}

/** A lab that its test closes; with settings that the compiler reads it has one of its own. */
export function openLab(settings: Record<string, string> = {}) {
  const own = Object.keys(settings).some((name) => /^(COMPILE_|TARGET_ORIGINS$)/.test(name));
  return createLab(
    testConfig(settings),
    pino({ level: 'silent' }),
    undefined,
    own ? undefined : sharedCompiler(),
  );
}

/** A lab for one test. */
export function testLab(settings: Record<string, string> = {}) {
  const lab = openLab(settings);
  onTestFinished(() => lab.close());
  return lab;
}

type Lab = ReturnType<typeof testLab>;

const answered = z.object({
  error: z.object({ code: z.string(), message: z.string().min(10), hint: z.string().min(5) }),
});

/** The error of a response, which has to have the shape that all have, and no stack. */
export async function problemOf(response: Response) {
  const text = await response.text();
  if (/\bat .+:\d+:\d+/.test(text)) throw new Error(`A stack went out: ${text}`);
  return answered.parse(JSON.parse(text)).error;
}

/** Sends JSON. */
export async function postJson(lab: Lab, path: string, body: unknown, headers: Record<string, string> = {}) {
  return lab.app.request(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

/** Makes a sandbox through the interface. */
export async function newSandbox(lab: Lab) {
  const response = await lab.app.request('/api/sandboxes', {
    method: 'POST',
    headers: { host: 'localhost:4321' },
  });
  const sandbox = newSandboxSchema.parse(await response.json());
  return {
    ...sandbox,
    path: `/api/sandboxes/${sandbox.organization}`,
    bearer: { authorization: `Bearer ${sandbox.token}` },
  };
}

/** An API definition of approach 1, or with a script of approach 2. */
export function definition(options: {
  basePath: string;
  script?: string;
  target?: string;
  version?: string;
}): string {
  const { basePath, script, target = 'http://backend:8091', version = '1.0.0' } = options;
  const policy =
    script === undefined
      ? { 'websocket-upgrade': { version: '2.0.0', 'target-url': target } }
      : { gatewayscript: { version: '2.0.0', source: script } };
  return JSON.stringify({
    swagger: '2.0',
    info: { title: 'Test', version, 'x-ibm-name': basePath.slice(1) },
    basePath,
    schemes: ['https', 'wss'],
    paths: { '/': { get: { responses: { 200: { description: 'OK' } } } } },
    'x-ibm-configuration': {
      gateway: 'datapower-api-gateway',
      type: 'rest',
      phase: 'realized',
      enforced: true,
      testable: true,
      cors: { enabled: true },
      assembly: { execute: [policy] },
    },
  });
}
