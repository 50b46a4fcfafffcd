// A trial: a sandbox that lives for one check, under a name that nobody can guess, with the reader's files deployed in it.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Diagnostic } from '../gateway/types.ts';
import { createSandbox, type Sandbox, type SandboxParts } from '../sandboxes/sandbox.ts';
import type { FileDiagnostic, FileKind, TrialCheckpoint } from './checkpoint.ts';
import { hostScript } from './script-host.ts';

/** Open trials, as the gateway finds them. */
export interface Trials {
  find(name: string): Sandbox | undefined;
  /** A new, empty one; who opens it closes it. */
  open(): { sandbox: Sandbox; close(): Promise<void> };
}

export function createTrials(parts: SandboxParts): Trials {
  const open = new Map<string, Sandbox>();
  const keepsNothing = { put: () => {}, remove: () => {} };
  return {
    find: (name) => open.get(name),
    open() {
      const name = `trial-${randomBytes(8).toString('hex')}`;
      const sandbox = createSandbox(name, parts, keepsNothing, [], () => {});
      open.set(name, sandbox);
      return {
        sandbox,
        async close() {
          open.delete(name);
          await sandbox.close();
        },
      };
    },
  };
}

/** The port that the lessons' server files listen on. */
const SERVER_PORT = 8091;

/** Approach 1 as the demo has it, for a server file that is examined through it. */
const throughGateway = readFileSync(
  new URL('../../docs/content/docs/websocket-upgrade/07-deploy/websocket-upgrade.yaml', import.meta.url),
  'utf8',
);

/** Deploys the reader's files, servers first. The diagnostics are those at which it stopped, an error among them, or warnings. */
export async function deployFiles(
  sandbox: Sandbox,
  { files: kinds, host = {}, complete = (text) => text }: TrialCheckpoint,
  texts: ReadonlyMap<string, string>,
): Promise<FileDiagnostic[]> {
  const found: FileDiagnostic[] = [];
  const order: FileKind[] = ['server', 'definition', 'script', 'product'];
  const files = Object.entries(kinds).toSorted(([, a], [, b]) => order.indexOf(a) - order.indexOf(b));
  for (const [file, kind] of files) {
    const diagnostics = await deployFile(sandbox, kind, file, complete(texts.get(file) ?? '', file), host);
    found.push(...diagnostics.map(({ path: _, ...diagnostic }) => ({ file, ...diagnostic })));
    if (diagnostics.some(({ severity }) => severity === 'error')) return found;
  }
  const hasApi = files.some(([, kind]) => kind === 'definition' || kind === 'script');
  if (!hasApi) await sandbox.deploy('websocket-upgrade', throughGateway, () => []);
  return found;
}

async function deployFile(
  sandbox: Sandbox,
  kind: FileKind,
  file: string,
  text: string,
  host: NonNullable<TrialCheckpoint['host']>,
): Promise<Diagnostic[]> {
  const name = file.replace(/\.\w+$/, '');
  switch (kind) {
    case 'definition':
      return (await sandbox.deploy(name, text, () => [])).diagnostics;
    case 'product':
      return (await sandbox.products.deploy(name, text)).diagnostics;
    case 'script': {
      const hosted = hostScript(text, host);
      const { diagnostics } = await sandbox.deploy('websocket-test', hosted.text, () => []);
      return diagnostics.map((each) => ({ ...each, ...hosted.placeInScript(each) }));
    }
    case 'server': {
      const refusal = await sandbox.servers.deploy(SERVER_PORT, text);
      if (!refusal) return [];
      const { name: type, message, line, column } = refusal.error;
      return [
        {
          severity: 'error',
          rule: type === 'SyntaxError' ? 'server-syntax' : 'server-crashed',
          message: `${type}: ${message}`,
          line: line ?? 1,
          column: column ?? 1,
          path: [],
        },
      ];
    }
  }
}
