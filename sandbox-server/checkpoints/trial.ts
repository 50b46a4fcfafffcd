// A trial: a sandbox that lives for one check, under a name that nobody can guess, with the reader's files deployed in it.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Duplex } from 'node:stream';
import type { LabTime } from '../backend/own-server/lab-time.ts';
import { refusalDiagnostic } from '../backend/own-server/refusal-diagnostic.ts';
import type { Diagnostic, Organization } from '../gateway/types.ts';
import { createSandbox, type Sandbox, type SandboxParts } from '../sandboxes/sandbox.ts';
import type { FileDiagnostic, FileKind, TrialCheckpoint } from './checkpoint.ts';
import { hostScript } from './script-host.ts';

/** Open trials, as the gateway finds them. */
export interface Trials {
  find(name: string): Organization | undefined;
  /** A new, empty one, whose servers live in that time; who opens it closes it. */
  open(time: LabTime): Trial;
  /**
   * A second name for a reader's sandbox, under which the lab's clients reach all that is deployed in it and leave nothing in its log: that is
   * for the reader's own clients. Who takes it closes it.
   */
  unseen(sandbox: Sandbox): { name: string; close(): void };
}

export interface Trial {
  sandbox: Sandbox;
  /** Gives a port to the lab: `accept` gets each connection to it, whatever else is deployed there. */
  serve(port: number, accept: (connection: Duplex) => void): void;
  close(): Promise<void>;
}

export function createTrials(parts: SandboxParts): Trials {
  const open = new Map<string, Organization>();
  const keepsNothing = { put: () => {}, remove: () => {} };
  return {
    find: (name) => open.get(name),
    unseen(sandbox) {
      const name = `check-${randomBytes(8).toString('hex')}`;
      open.set(name, { ...sandbox, events: { emit() {}, watched: () => false, takeFrame: () => false } });
      return { name, close: () => void open.delete(name) };
    },
    open(time) {
      const name = `trial-${randomBytes(8).toString('hex')}`;
      const ofTheLab = new Map<number, (connection: Duplex) => void>();
      const createServers: SandboxParts['createServers'] = (tell, storage) => {
        const servers = parts.createServers(tell, storage, time);
        const accept = (port: number, stream: Duplex) => {
          const own = ofTheLab.get(port);
          own?.(stream);
          return own !== undefined || servers.accept(port, stream);
        };
        return { ...servers, accept };
      };
      const sandbox = createSandbox(name, { ...parts, createServers }, keepsNothing, [], () => {});
      open.set(name, sandbox);
      return {
        sandbox,
        serve: (port, accept) => void ofTheLab.set(port, accept),
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
/** Where a script is deployed that only connects. */
const CLIENT_PORT = 8092;

/** Approach 1 as the demo has it, for a server file that is examined through it. */
const throughGateway = readFileSync(
  new URL('../../docs/content/docs/websocket-upgrade/07-deploy/websocket-upgrade.yaml', import.meta.url),
  'utf8',
);

/** Deploys the reader's files, servers first, all but those that the check starts. The diagnostics are those at which it stopped, an error among them, or warnings. */
export async function deployFiles(
  sandbox: Sandbox,
  { files: kinds, host = {}, complete = (text) => text }: TrialCheckpoint,
  texts: ReadonlyMap<string, string>,
): Promise<FileDiagnostic[]> {
  const found: FileDiagnostic[] = [];
  const order: FileKind[] = ['server', 'definition', 'script', 'product'];
  const files = Object.entries(kinds)
    .filter(([, kind]) => kind !== 'client')
    .toSorted(([, a], [, b]) => order.indexOf(a) - order.indexOf(b));
  for (const [file, kind] of files) {
    const diagnostics = await deployFile(sandbox, kind, file, complete(texts.get(file) ?? '', file), host);
    found.push(...diagnostics);
    if (diagnostics.some(({ severity }) => severity === 'error')) return found;
  }
  const hasApi = files.some(([, kind]) => kind === 'definition' || kind === 'script');
  if (!hasApi && files.length > 0) await sandbox.deploy('websocket-upgrade', throughGateway, () => []);
  return found;
}

/** One of the reader's files. */
export async function deployFile(
  sandbox: Sandbox,
  kind: FileKind,
  file: string,
  text: string,
  host: NonNullable<TrialCheckpoint['host']> = {},
): Promise<FileDiagnostic[]> {
  const diagnostics = await deploy(sandbox, kind, file, text, host);
  return diagnostics.map(({ path: _, ...diagnostic }) => ({ file, ...diagnostic }));
}

async function deploy(
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
    case 'server':
      return deployServer(sandbox, SERVER_PORT, text);
    case 'client':
      return deployServer(sandbox, CLIENT_PORT, text);
  }
}

async function deployServer(sandbox: Sandbox, port: number, text: string): Promise<Diagnostic[]> {
  const refusal = await sandbox.servers.deploy(port, text);
  return refusal ? [refusalDiagnostic(refusal.error)] : [];
}
