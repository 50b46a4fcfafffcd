// DataPower's functions for JSONata, each a part of the API context (IBM, "Functional extensions to JSONata").
import type { ConditionContext } from './jsonata-child.ts';

export interface ContextFunction {
  name: string;
  /** In JSONata's own notation. */
  signature: string;
  value(context: ConditionContext, args: readonly unknown[]): unknown;
}

/** `$xpath` is documented too; the lab has no XML to look into. */
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
    value: (context, [name]) => queryParameter(context, String(name)),
  },
  {
    name: 'urlParameter',
    signature: '<s:s>',
    value: (context, [name]) => pathParameter(context, String(name)) ?? queryParameter(context, String(name)),
  },
  {
    name: 'storageType',
    signature: '<s?:s>',
    value: (context, [name]) => storageType(at(context, [...String(name ?? 'message').split('.'), 'body'])),
  },
];

/** Values "are not URL decoded" (IBM): so the query is read here as it came. */
function queryParameter(context: ConditionContext, name: string): string | undefined {
  for (const pair of String(at(context, ['request', 'querystring']) ?? '').split('&')) {
    const [key, ...value] = pair.split('=');
    if (key === name) return value.join('=');
  }
  return undefined;
}

function pathParameter(context: ConditionContext, name: string): unknown {
  const parameter = at(context, ['request', 'parameters', name]);
  const [location] = Object.values(Object(at(parameter, ['locations'])));
  return location === 'path' ? at(parameter, ['values', '0']) : undefined;
}

/** Of the documented types those that a message has in the lab: parsed, as it came, or not there. */
function storageType(body: unknown): string {
  if (body === undefined || body === null || body === '') return 'empty';
  return typeof body === 'object' ? 'json' : 'binary';
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>((found, name) => member(found, name, false), value);
}

function member(value: unknown, name: string, anyCase: boolean): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.entries(value).find(([key]) => (anyCase ? key.toLowerCase() : key) === name)?.[1];
}
