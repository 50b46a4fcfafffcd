// The functions that a JSONata expression calls, held against those that API Connect has.
import type { Expression } from 'jsonata';
import { CONTEXT_FUNCTIONS } from './context-functions.ts';

/** Functions that "are not supported" there, the higher-order ones among them (IBM, "JSONata support in API Connect"). */
export const UNSUPPORTED = ['eval', 'sift', 'each', 'error', 'assert', 'map', 'filter', 'single', 'reduce'];

/** The others of JSONata 2.0. */
const OF_JSONATA =
  'sum count max min average string substring substringBefore substringAfter lowercase uppercase length trim pad match contains replace split join formatNumber formatBase formatInteger parseInteger number floor ceil round abs sqrt power random boolean not zip keys lookup append exists spread merge reverse sort shuffle distinct base64encode base64decode encodeUrlComponent encodeUrl decodeUrlComponent decodeUrl toMillis fromMillis now millis type'.split(
    ' ',
  );
const KNOWN = new Set([...OF_JSONATA, ...CONTEXT_FUNCTIONS.map(({ name }) => name)]);

/** Why one of its calls cannot be made, with the place in the expression; `null` where all can. */
export function functionFault(expression: Expression): { message: string; position: number } | null {
  const calls: { name: string; position: number }[] = [];
  const own = new Set<string>();
  const seen = new Set<object>();
  const waiting: unknown[] = [expression.ast()];
  while (waiting.length > 0) {
    const node = waiting.pop();
    if (typeof node !== 'object' || node === null || seen.has(node)) continue;
    seen.add(node);
    waiting.push(...Object.values(node));
    const { type, procedure, lhs, arguments: args } = Object(node);
    if (type === 'bind') own.add(String(lhs?.value));
    if (type === 'lambda') for (const each of args ?? []) own.add(String(each?.value));
    if ((type === 'function' || type === 'partial') && procedure?.type === 'variable')
      calls.push({ name: String(procedure.value), position: Number(Object(node).position ?? 0) });
  }
  for (const { name, position } of calls) {
    if (own.has(name)) continue;
    if (UNSUPPORTED.includes(name))
      return { message: `API Connect does not support the function $${name}()`, position };
    if (!KNOWN.has(name)) return { message: `there is no function $${name}()`, position };
  }
  return null;
}
