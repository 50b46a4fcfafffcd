// Values that stand in many places of a definition.
import { z } from 'zod';
import type { JsonValue } from '../../../gatewayscript/types.ts';

/** What `readSource` gives is JSON already. */
export const json = z.custom<JsonValue>(() => true);
export const members = z.record(z.string(), json);
export const text = z.string({ error: 'expected a text; put it in quotes' });
/** Versions are often written without quotes, and then are numbers. */
export const version = z.union([z.string(), z.number()]).transform(String);
export const flag = z.boolean({ error: 'expected true or false' });
