// Reads a JSON document within the limits of the parse settings: for the text, before anything is built from it.
import type { JsonValue } from '../../../gatewayscript/types.ts';
import { MAX_TREE_DEPTH } from '../tree-depth.ts';
import { DocumentError, within } from './document-error.ts';
import type { ParseSettings } from './settings.ts';

/**
 * The value. Lengths count bytes as written. @throws DocumentError for what is no JSON, or over a limit.
 * Whether it is JSON at all the language's own parser says; what follows may then rely on it.
 */
export function readJson(text: string, settings: ParseSettings): JsonValue {
  let value: JsonValue;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new DocumentError(
      `the document is no JSON: ${error instanceof Error ? error.message : 'not understood'}`,
    );
  }
  checkLimits(text, settings);
  return value;
}

/** An object or array that is open: its members so far. */
interface Level {
  members: number;
  isObject: boolean;
}

/** One pass without recursion, so that no depth of nesting is too much for it. */
function checkLimits(text: string, settings: ParseSettings): void {
  const levels: Level[] = [];
  const depth = Math.min(settings.max_nesting_depth || MAX_TREE_DEPTH, MAX_TREE_DEPTH);
  const names = new Set<string>();
  let nameNext = false;
  let at = 0;
  while (at < text.length) {
    const character = text[at] ?? '';
    const open = levels.at(-1);
    if (character === '"') {
      const end = stringEnd(text, at);
      const bytes = Buffer.byteLength(text.slice(at + 1, end));
      if (nameNext) {
        within(bytes, settings.max_name_length, `a name of ${bytes} bytes`);
        if (settings.max_unique_names > 0) names.add(text.slice(at + 1, end));
        within(names.size, settings.max_unique_names, `${names.size} different names`);
      } else within(bytes, settings.max_value_length, `a value of ${bytes} bytes`);
      nameNext = false;
      if (open && !open.isObject) count(open, settings);
      at = end;
    } else if (character === '{' || character === '[') {
      if (open && !open.isObject) count(open, settings);
      levels.push({ members: 0, isObject: character === '{' });
      within(levels.length, depth, `a nesting of ${levels.length} levels`);
      nameNext = character === '{';
    } else if (character === '}' || character === ']') {
      levels.pop();
      nameNext = false;
    } else if (character === ',') nameNext = open?.isObject ?? false;
    else if (character === ':') {
      if (open) count(open, settings);
    } else if (/[-\dtfn]/.test(character)) {
      const end = literalEnd(text, at);
      if (/[-\d]/.test(character))
        within(end - at, settings.max_number_length, `a number of ${end - at} bytes`);
      if (open && !open.isObject) count(open, settings);
      at = end - 1;
    }
    at += 1;
  }
}

/** Members of an object are counted at their colon, those of an array at their start. */
function count(level: Level, settings: ParseSettings): void {
  level.members += 1;
  within(level.members, settings.max_width, `a width of ${level.members} members`);
}

/** Where the closing quote is. */
function stringEnd(text: string, start: number): number {
  for (let at = start + 1; ; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x5c) at += 1;
    else if (code === 0x22 || at >= text.length) return at;
  }
}

function literalEnd(text: string, start: number): number {
  let at = start;
  while (at < text.length && /[-+.\w]/.test(text[at] ?? '')) at += 1;
  return at;
}
