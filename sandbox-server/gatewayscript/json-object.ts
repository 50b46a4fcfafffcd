// Which JSON values are objects: lists and `null` are none.
import type { JsonObject, JsonValue } from './types.ts';

export function isJsonObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
