// What a trace shows as the value that a script read or wrote.
import type { Run } from '../lab-server/answers.ts';

type Trace = Run['trace'];

/**
 * JSON; empty for a clear. The server tells `undefined` as `null`: what was read as `null` is `undefined`,
 * unless the script itself had written `null` there last.
 */
export function traceValue(trace: Trace, index: number): string {
  const entry = trace[index];
  if (!entry || entry.operation === 'clear') return '';
  const value = entry.value ?? null;
  if (value === null && entry.operation === 'get') {
    const before = trace
      .slice(0, index)
      .findLast(({ name, operation }) => name === entry.name && operation !== 'get');
    if (before?.operation !== 'set') return 'undefined';
  }
  return JSON.stringify(value);
}
