// DataPower's functions for JSONata, each a part of the API context (IBM, "Functional extensions to JSONata").
import type { ConditionContext } from './jsonata-child.ts';

export interface ContextFunction {
  name: string;
  /** In JSONata's own notation. */
  signature: string;
  value(context: ConditionContext, args: readonly unknown[]): unknown;
}

/** `$storageType`, `$urlParameter` and `$xpath` are documented too; the lab does not have them, and JSONata names what it does not know. */
export const CONTEXT_FUNCTIONS: readonly ContextFunction[] = [
  { name: 'apiCtx', signature: '<:o>', value: (context) => context },
  { name: 'httpVerb', signature: '<:s>', value: (context) => at(context, ['request', 'verb']) },
  { name: 'operationID', signature: '<:s>', value: (context) => at(context, ['api', 'operation', 'id']) },
  { name: 'operationPath', signature: '<:s>', value: (context) => at(context, ['api', 'operation', 'path']) },
  { name: 'statusCode', signature: '<:n>', value: (context) => at(context, ['message', 'status', 'code']) },
  {
    name: 'header',
    signature: '<s:s>',
    value: (context, [name]) => member(at(context, ['message', 'headers']), String(name).toLowerCase(), true),
  },
  {
    name: 'queryParameter',
    signature: '<s:s>',
    value(context, [name]) {
      const values = at(context, ['request', 'parameters', String(name), 'values']);
      return Array.isArray(values) ? values[0] : undefined;
    },
  },
];

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((found, name) => member(found, name, false), value);
}

function member(value: unknown, name: string, anyCase: boolean): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([key]) => (anyCase ? key.toLowerCase() : key) === name)?.[1];
}
