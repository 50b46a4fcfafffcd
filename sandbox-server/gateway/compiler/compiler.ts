// Compiles readers' texts beside the event loop: a queue in which sandboxes take turns, and one thread, replaced when a text has held it too long.
import type { Config } from '../../config.ts';
import { createWaitingLine, SOURCE_SHARE } from '../../gatewayscript/pool/waiting-line.ts';
import { prepared } from '../definition/compile.ts';
import { type ApiOutline, type ProductCompilation, withCounts } from '../plans/compile-product.ts';
import type { Compilation, Diagnostic } from '../types.ts';
import { type CompileEnd, type CompileThread, startCompileThread } from './compile-thread.ts';
import type { CompileJob } from './compile-worker.ts';

/** More texts wait than will be compiled soon, or the lab is stopping. */
export class CompilerBusy extends Error {
  readonly retryAfterSeconds: number;
  constructor(retryAfterSeconds: number) {
    super('more definitions wait than the lab can compile soon');
    this.name = 'CompilerBusy';
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** What a product needs of the sandbox that it is deployed to. */
export interface ProductPlace {
  sandbox: string;
  apis: Iterable<ApiOutline>;
  /** What the keys that the lab makes up come of. */
  seed: Uint8Array;
}

/** Texts of one sandbox are compiled in the order in which they came. Both reject with `CompilerBusy`. */
export interface Compiler {
  /** What `compileDefinition` gives, and an error of the rule `too-slow` where that takes longer than it may. */
  compile(text: string, name: string, sandbox: string): Promise<Compilation>;
  /** Likewise what `compileProduct` gives. */
  compileProduct(text: string, name: string, place: ProductPlace): Promise<ProductCompilation>;
  /** Texts that wait, and those that were cut at the deadline so far. */
  stats(): { queued: number; cut: number };
  close(): Promise<void>;
}

/** Where texts that were cut, and faults of the thread, go; pino's logger fits. */
export interface CompilerLog {
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

interface Ticket {
  job: CompileJob;
  sandbox: string;
  end(how: CompileEnd): void;
  refuse(error: CompilerBusy): void;
}

/** The thread starts with the first text, and ends with `close`. */
export function createCompiler(
  limits: Pick<Config, 'COMPILE_DEADLINE_MS' | 'COMPILE_QUEUE' | 'TARGET_ORIGINS'>,
  log?: CompilerLog,
  startThread = startCompileThread,
): Compiler {
  const { COMPILE_DEADLINE_MS: deadlineMs, COMPILE_QUEUE: queue } = limits;
  const waiting = createWaitingLine<Ticket>();
  const start = () => startThread(deadlineMs, { targetOrigins: limits.TARGET_ORIGINS });
  let thread: CompileThread | null = null;
  let current: Ticket | null = null;
  let cut = 0;
  let closed = false;

  const busy = () => new CompilerBusy(deadlineMs / 1_000);

  async function next(): Promise<void> {
    if (current || closed) return;
    current = waiting.shift() ?? null;
    if (!current) return;
    const { job, sandbox, end } = current;
    thread ??= start();
    const how = await thread.compile(job);
    if (closed) return;
    current = null;
    if (how.by !== 'answer') {
      // At once, so that nobody waits for its start.
      thread = start();
      const fields = { sandbox, kind: job.kind, name: job.name, characters: job.text.length };
      if (how.by === 'deadline') {
        cut += 1;
        log?.warn(fields, 'a text was cut at its deadline');
      } else if (how.by === 'start') log?.warn(fields, 'the compiler did not come up in its time');
      else log?.error({ ...fields, reason: how.reason }, 'the compiler failed');
    }
    end(how);
    void next();
  }

  /** `null` where it was cut at the deadline. */
  async function compiled(job: CompileJob, sandbox: string) {
    if (closed || waiting.length >= queue || waiting.lengthOf(sandbox) >= queue * SOURCE_SHARE) throw busy();
    const ended = Promise.withResolvers<CompileEnd>();
    waiting.push(sandbox, { job, sandbox, end: ended.resolve, refuse: ended.reject });
    void next();
    const how = await ended.promise;
    if (how.by === 'start') throw busy();
    if (how.by === 'failure') throw new Error(`the compiler failed: ${how.reason}`);
    return how.by === 'answer' ? how.compiled : null;
  }

  function tooSlow(what: string, mend: string): Diagnostic {
    const message = `The ${what} takes longer to compile than ${deadlineMs} ms. Shorten it: ${mend}.`;
    return { severity: 'error', rule: 'too-slow', message, line: 1, column: 1, path: [] };
  }

  return {
    async compile(text, name, sandbox) {
      const done = await compiled({ kind: 'definition', text, name }, sandbox);
      if (done?.kind === 'definition') return prepared(done.result);
      const mend = 'take out schemas and examples that the gateway does not need, or split the API';
      return { definition: null, diagnostics: [tooSlow('definition', mend)] };
    },
    async compileProduct(text, name, { sandbox, apis, seed }) {
      const done = await compiled(
        { kind: 'product', text, name, apis: [...apis].map(shortened), seed },
        sandbox,
      );
      if (done?.kind === 'product') return withCounts(done.result);
      return { product: null, diagnostics: [tooSlow('product', 'take out plans, or split it')] };
    },
    stats: () => ({ queued: waiting.length, cut }),
    async close() {
      closed = true;
      for (const { refuse } of [...(current ? [current] : []), ...waiting.clear()]) refuse(busy());
      current = null;
      await thread?.terminate();
    },
  };
}

/** What a product asks of an API: the rest would cross the threads for nothing. */
function shortened({ name, version, operations }: ApiOutline): ApiOutline {
  return { name, version, operations: operations.map(({ id, method, path }) => ({ id, method, path })) };
}
