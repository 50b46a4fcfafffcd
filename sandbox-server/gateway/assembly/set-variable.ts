// The policy `set-variable`: writes and clears variables of the context, members of `message` among them.
import { z } from 'zod';
import { parsePath } from '../../gatewayscript/context/path.ts';
import { GuestError } from '../../gatewayscript/host/guest-error.ts';
import type { JsonValue } from '../../gatewayscript/types.ts';
import type { Policy, PolicyKind, Transaction } from './policy.ts';
import { PropertyError, propertyReader, resolved } from './property-reader.ts';
import { commonProperties } from './property-types.ts';
import { addVariable, clearVariable, writeVariable } from './variable.ts';
import { resolveText } from './variables.ts';

const name = (description: string, examples?: string[]) =>
  z
    .string()
    .min(1)
    .nullish()
    .meta({ description, standing: 'documented', ...(examples ? { examples } : {}) });

const properties = z
  .looseObject({
    ...commonProperties,
    actions: z
      .array(
        z.looseObject({
          set: name('The variable that gets the value; one that is there is replaced.', [
            'message.headers.X-Mine',
          ]),
          add: name(
            'The variable that gets the value beside those that it has, such as a second header of that name.',
          ),
          clear: name('The variable that is taken away.'),
          value: z.unknown().optional().meta({
            description: 'The value. `$(name)` stands for another variable.',
            standing: 'documented',
          }),
          type: z.enum(['any', 'string', 'number', 'boolean']).nullish().meta({
            description: 'What the value is read as. Without it, and with any, it stays as it is written.',
            standing: 'documented',
          }),
        }),
      )
      .meta({
        description: 'What is done, in order: set, add or clear, one a member.',
        standing: 'documented',
      }),
  })
  .meta({ description: 'Sets, adds to or clears variables of the context.', standing: 'documented' });

// A reference in an action reads what the actions before it have set.
const read = propertyReader(properties, ['actions']);

/** Roots that no policy writes to; API properties are documented as read-only, the others are lab's choice as for scripts. */
const READ_ONLY = ['request', 'api', 'client', 'plan', 'system'];

const run: Policy = async (transaction, node) => {
  for (const action of read(node, transaction).actions) {
    const { value, type } = action;
    const [set, add, clear] = [action.set, action.add, action.clear].map((name) =>
      name ? resolveText(name, transaction).text : undefined,
    );
    const target = set ?? add ?? clear;
    if (!target) throw new PropertyError('set-variable: an action has one of set, add and clear');
    checkWritable(target, transaction);
    if (clear) clearVariable(clear, transaction);
    else {
      const typed = typedValue(resolved(jsonOf(value), transaction), type ?? 'any', target);
      if (set) writeVariable(target, typed, transaction);
      else addVariable(target, typed, transaction);
    }
  }
  return { kind: 'next' };
};

function checkWritable(target: string, { variables }: Transaction): void {
  let first: unknown;
  try {
    [first] = parsePath(target, 'set-variable');
  } catch (error) {
    throw error instanceof GuestError ? new PropertyError(error.message) : error;
  }
  const properties = variables.api;
  const isProperty =
    typeof properties === 'object' &&
    properties !== null &&
    'properties' in properties &&
    typeof properties.properties === 'object' &&
    properties.properties !== null &&
    Object.hasOwn(properties.properties, String(first)) &&
    !Object.hasOwn(variables, String(first));
  if (isProperty || READ_ONLY.includes(String(first)))
    throw new PropertyError(`set-variable: ${target} is read-only; set a variable of another name`);
}

function jsonOf(value: unknown): JsonValue {
  return value === undefined ? '' : JSON.parse(JSON.stringify(value));
}

function typedValue(
  value: JsonValue,
  type: 'any' | 'string' | 'number' | 'boolean',
  target: string,
): JsonValue {
  if (type === 'any') return value;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  if (type === 'string') return text;
  if (type === 'boolean') {
    if (text === 'true' || text === 'false') return text === 'true';
  } else if (text.trim() !== '' && Number.isFinite(Number(text))) return Number(text);
  throw new PropertyError(`set-variable: ${target}: ${JSON.stringify(text.slice(0, 100))} is no ${type}`);
}

export const setVariable: PolicyKind = { name: 'set-variable', versions: ['2.0.0'], properties, run };
