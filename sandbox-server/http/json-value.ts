// Any JSON that a reader may send, as deep as the parts behind can walk without running out of stack.
import { z } from '@hono/zod-openapi';
import type { JsonValue } from '../gatewayscript/types.ts';

const MAX_DEPTH = 100;

/** Whether what `JSON.parse` gave is nested no deeper than may be. Walks level by level, so that depth costs no stack. */
export function isShallow(value: unknown, maxDepth = MAX_DEPTH): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > maxDepth) return false;
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []));
  }
  return true;
}

/** The description is written out, since the generator cannot follow a type that holds itself. */
export const jsonValueSchema = z
  .custom<JsonValue>((value) => isShallow(value), `is nested deeper than ${MAX_DEPTH} levels`)
  .openapi({
    type: ['string', 'number', 'boolean', 'null', 'array', 'object'],
    items: {},
    description: 'Any JSON.',
  });
