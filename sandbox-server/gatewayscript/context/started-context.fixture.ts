// The context of a sample run, asked and told by the names of its variables.
import { type SampleOptions, sampleJob } from '../sample-job.ts';
import { createContext } from './context.ts';
import { parsePath } from './path.ts';
import { createTrace } from './trace.ts';
import type { ContextValue } from './value.ts';

export function start(options: SampleOptions = {}) {
  const trace = createTrace(100);
  const context = createContext(sampleJob('', options), trace);
  return {
    trace,
    get: (name: string) => context.get(parsePath(name, 'get'), 1),
    set: (name: string, value: ContextValue | undefined) =>
      context.set(parsePath(name, 'set'), value, 10, 2, 'set'),
    clear: (name: string) => context.clear(parsePath(name, 'clear'), 3, 'clear'),
    result: () => context.result(),
  };
}
