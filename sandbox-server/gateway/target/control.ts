// header-control and parameter-control: which names of the client's request go on to the target.
import { RE2JS } from 're2js';

/** As the definition has it; `blacklist` and `whitelist` are the older names. */
export interface ControlProperty {
  type: 'blocklist' | 'allowlist' | 'blacklist' | 'whitelist';
  values: readonly string[];
}

/** Lets a name through or not. */
export type Control = (name: string) => boolean;

export type ControlReading = { control: Control } | { fault: string };

/** Members that a control may have, so that matching stays cheap. */
const MAX_PATTERNS = 100;
/** Characters of all of them: with `$(…)` in them they are compiled at each request. */
const MAX_CHARACTERS = 5_000;
/** Characters of one pattern, and steps that it is compiled to: repetitions such as `a{1000}` are short to write. */
const MAX_PATTERN_LENGTH = 200;
const MAX_PATTERN_STEPS = 2_000;

/**
 * Without a control all names pass: IBM documents that for headers; for parameters the published sources disagree, and passing all is lab's choice.
 * A pattern matches anywhere in the name, without case. RE2 runs them in linear time: a learner's pattern must not stall the gateway;
 * so look-around and back-references, which the real gateway takes, are a fault here.
 */
export function readControl(property: ControlProperty | null | undefined): ControlReading {
  if (!property) return { control: () => true };
  const { type, values } = property;
  if (values.length > MAX_PATTERNS) return { fault: `values has more than ${MAX_PATTERNS} members` };
  const characters = values.reduce((sum, pattern) => sum + pattern.length, 0);
  if (characters > MAX_CHARACTERS)
    return { fault: `the patterns have more than ${MAX_CHARACTERS} characters together` };
  const allows = type === 'allowlist' || type === 'whitelist';
  const patterns: RE2JS[] = [];
  for (const [i, pattern] of values.entries()) {
    if (pattern.length > MAX_PATTERN_LENGTH)
      return { fault: `pattern ${i + 1} of values has more than ${MAX_PATTERN_LENGTH} characters` };
    try {
      const compiled = RE2JS.compile(pattern, RE2JS.CASE_INSENSITIVE);
      if (compiled.programSize() > MAX_PATTERN_STEPS)
        return { fault: `the pattern ${JSON.stringify(pattern)} repeats too much` };
      patterns.push(compiled);
    } catch (error) {
      const why = error instanceof Error ? error.message : 'not understood';
      return { fault: `the pattern ${JSON.stringify(pattern)} cannot be used: ${why}` };
    }
  }
  return { control: (name) => patterns.some((pattern) => pattern.matcher(name).find()) === allows };
}
