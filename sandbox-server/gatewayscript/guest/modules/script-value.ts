// For the modules' tests: runs a piece of script in the real engine on given input, and gives what it returned.
import { readConfig } from '../../../config.ts';
import { createEngine } from '../../engine.ts';
import { type SampleOptions, sampleJob } from '../../sample-job.ts';
import type { JsonValue, ScriptError, ScriptResult } from '../../types.ts';

export interface Scripts {
  /** What the function body `script` returns, by way of JSON; it finds `input` in the variable of that name. */
  value(script: string, input?: unknown, options?: SampleOptions): Promise<JsonValue | undefined>;
  /** What the script throws. */
  error(script: string, input?: unknown): Promise<ScriptError>;
  run(script: string, options?: SampleOptions): Promise<ScriptResult>;
  close(): Promise<void>;
}

/** One worker with a patient deadline, unless `settings` say otherwise. */
export function startScripts(settings: Record<string, string> = {}): Scripts {
  const engine = createEngine(
    readConfig({
      SCRIPT_WORKERS: '1',
      SCRIPT_DEADLINE_MS: '5000',
      SCRIPT_WALL_MS: '20000',
      SCRIPT_MAX_BYTES: '4000000',
      ...settings,
    }),
  );
  const run = (script: string, options?: SampleOptions) => engine.run(sampleJob(script, options));
  // The language of scripts is older than line separators in strings.
  const literal = (text: string) =>
    JSON.stringify(text).replace(/[\u2028\u2029]/g, (c) => (c === '\u2028' ? '\\u2028' : '\\u2029'));
  const declared = (input: unknown) => `var input = JSON.parse(${literal(JSON.stringify(input ?? null))});`;
  return {
    async value(script, input, options) {
      const wrapped = `${declared(input)} context.set('answer', JSON.stringify({ value: (function () { ${script}\n})() }));`;
      const { error, variables } = await run(wrapped, options);
      if (error) throw new Error(`${error.name}: ${error.message} (line ${error.line})`);
      const { value } = JSON.parse(String(variables.answer));
      return value;
    },
    async error(script, input) {
      const { error, outcome } = await run(`${declared(input)} ${script}`);
      if (!error) throw new Error(`the script threw nothing; it ${outcome}`);
      return error;
    },
    run,
    close: () => engine.close(),
  };
}
