// Every read and write of a context variable, told with its line, up to a bound.
import { TRACE_VALUE_CHARS } from '../limits.ts';
import type { JsonValue, TraceEntry } from '../types.ts';
import { type ContextValue, jsonOf, textOf } from './value.ts';

export interface Trace {
  add(
    operation: TraceEntry['operation'],
    name: string,
    value: ContextValue | undefined,
    line: number | null,
  ): void;
  readonly entries: TraceEntry[];
  readonly truncated: boolean;
}

/** Keeps the first `limit` entries; more are dropped and said to be. */
export function createTrace(limit: number): Trace {
  const entries: TraceEntry[] = [];
  let truncated = false;
  return {
    entries,
    get truncated() {
      return truncated;
    },
    add(operation, name, value, line) {
      if (entries.length < limit) entries.push({ operation, name: cut(name), value: shown(value), line });
      else truncated = true;
    },
  };
}

function cut(text: string): string {
  return text.length > TRACE_VALUE_CHARS ? `${text.slice(0, TRACE_VALUE_CHARS)}…` : text;
}

/** The value as it was at that moment: a copy, short, bytes as text. */
function shown(value: ContextValue | undefined): JsonValue {
  if (value === undefined || value === null || typeof value === 'number' || typeof value === 'boolean')
    return value ?? null;
  if (typeof value === 'string') return cut(value);
  if (value instanceof Uint8Array) return cut(textOf(value.subarray(0, 4 * TRACE_VALUE_CHARS)));
  const json = jsonOf(value);
  return json.length > TRACE_VALUE_CHARS ? cut(json) : JSON.parse(json);
}
