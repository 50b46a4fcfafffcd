// What a sandbox had before the server started is compiled at its first use, beside the event loop, once for all who wait for it.
import { CompilerBusy } from '../gateway/compiler/compiler.ts';
import type { GatewayEventBody } from '../gateway/events.ts';
import type { Diagnostic } from '../gateway/types.ts';
import { StillCompiling } from './errors.ts';

/**
 * Gives the way to wait for `load`: whoever comes while it is under way waits for the same one, `waitMs` at most, and then gets
 * `StillCompiling` while it goes on. Where it fails, those who wait get its error, and the next one begins anew. `null`
 * when it is done.
 */
export function createFirstUse(load: () => Promise<void>, waitMs: number): () => Promise<void> | null {
  let loading: Promise<void> | null = null;
  let loaded = false;
  async function begin(): Promise<void> {
    try {
      await load();
      loaded = true;
    } finally {
      loading = null;
    }
  }
  async function wait(): Promise<void> {
    loading ??= begin();
    const late = Promise.withResolvers<never>();
    const timer = setTimeout(() => late.reject(new StillCompiling()), waitMs);
    try {
      await Promise.race([loading, late.promise]);
    } finally {
      clearTimeout(timer);
    }
  }
  return () => (loaded ? null : wait());
}

/** A busy machine may not bring the compiler's thread up in time; a text that ends the thread does so each time. */
const TRIES = 3;

/**
 * What a stored text compiles to. One on which the compiler fails each time is as one with an error, made by `without`: to go on at each use
 * would take the compiler from the others, and nobody could deploy in its place. Rejects with `CompilerBusy`.
 */
export async function compiledAgain<Made>(
  compile: () => Promise<Made>,
  without: (diagnostics: Diagnostic[]) => Made,
  tries = TRIES,
): Promise<Made> {
  try {
    return await compile();
  } catch (error) {
    if (error instanceof CompilerBusy) throw error;
    if (tries > 1) return compiledAgain(compile, without, tries - 1);
    const message = 'The lab fails to compile this text, and its operator has been told.';
    return without([{ severity: 'error', rule: 'not-compiled', message, line: 1, column: 1, path: [] }]);
  }
}

/** The line of the gateway's log for a stored text that serves no more. `what` opens it, e.g. "The API chat". */
export function notServed(what: string, diagnostics: readonly Diagnostic[]): GatewayEventBody {
  const first = diagnostics.find(({ severity }) => severity === 'error');
  const why = first ? `Line ${first.line}: ${first.message}` : 'It does not compile.';
  const text = `${what} was deployed before the lab started anew, and does not serve now. ${why} Mend it and deploy it again.`;
  return { type: 'gateway-log', level: 'error', code: null, text };
}
