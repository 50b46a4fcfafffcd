// The reader's own sandbox as the browser keeps it: who it is, its token, and what was deployed from here.
import { readStored, writeStored } from '../stored.ts';

const key = 'lab.sandbox.v1';

export interface SandboxRecord {
  organization: string;
  token: string;
  /** ISO 8601; the server may keep it longer, since each use counts anew. */
  expiresAt: string;
  /** Names of the APIs deployed from this browser. */
  apis: string[];
}

/** In a page where nothing can be stored the sandbox lives as long as the page. */
let unstored: SandboxRecord | null = null;

export function readSandbox(): SandboxRecord | null {
  const text = readStored(key);
  return text === null ? unstored : parse(text);
}

/** Keeps the record, or forgets it, and tells the page (`lab-sandbox` at the document). */
export function writeSandbox(record: SandboxRecord | null): void {
  unstored = writeStored(key, record && JSON.stringify(record)) ? null : record;
  tellPage();
}

function tellPage(): void {
  document.dispatchEvent(new CustomEvent('lab-sandbox'));
}

// Another tab has deployed, or has got another organization. `null`: all was cleared.
globalThis.addEventListener?.('storage', (event) => {
  if (event.key === key || event.key === null) tellPage();
});

/** Narrow on purpose: what an older page has left behind counts as nothing. */
function parse(text: string): SandboxRecord | null {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return null;
    const { organization, token, expiresAt, apis }: Partial<Record<string, unknown>> = { ...value };
    if (typeof organization !== 'string' || typeof token !== 'string' || typeof expiresAt !== 'string')
      return null;
    const names = Array.isArray(apis) ? apis.filter((name) => typeof name === 'string') : [];
    return { organization, token, expiresAt, apis: names };
  } catch {
    return null;
  }
}
