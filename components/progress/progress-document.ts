// What is kept of a reader's progress, as one JSON text: the same in the browser and in the file that the reader saves.
// Parsed by hand rather than by a schema library, since every page loads this and the library weighs more than all of it.
import { RENAMED } from './renamed-steps.ts';

/** A step's id in its page's frontmatter, also after the page was renamed. */
export const STEP_FORM = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
/** Characters of an id. */
export const LONGEST_ID = 64;
/** Characters of a heading's id. */
export const LONGEST_HEADING = 100;
/** Steps that are kept, those that no page has any more among them. */
export const MOST_STEPS = 500;
/** Characters of a document: more than any that is written. */
export const LONGEST_TEXT = 100_000;

const FORMAT = 'apiconnect-websocket-lab/progress';
const VERSION = 1;
const TIME_FORM = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z$/;

/** The step that was open last. `heading` is the id of the heading that was on the screen, empty at the top of the page. */
export interface Visit {
  step: string;
  /** ISO 8601, UTC; so are all times here. */
  at: string;
  heading: string;
}

export interface Progress {
  /** Step to the time at which it was first passed. */
  passed: ReadonlyMap<string, string>;
  last: Visit | null;
}

export const NOTHING: Progress = { passed: new Map(), last: null };

export function isStepId(value: unknown): value is string {
  return typeof value === 'string' && value.length <= LONGEST_ID && STEP_FORM.test(value);
}

export function progressText({ passed, last }: Progress): string {
  return `${JSON.stringify({ format: FORMAT, version: VERSION, passed: Object.fromEntries(passed), last }, null, 2)}\n`;
}

/** Both together: a passed step stays passed since its earlier time, and the later visit is the last one. */
export function merged(one: Progress, other: Progress): Progress {
  const passed = new Map(one.passed);
  for (const [step, at] of other.passed) {
    const known = passed.get(step);
    if (known === undefined || at < known) passed.set(step, at);
  }
  const last = one.last && other.last && one.last.at > other.last.at ? one.last : (other.last ?? one.last);
  return { passed, last };
}

/** Never throws: what is no such document is told in a sentence. */
export function parseProgress(
  text: string,
  renamed: Readonly<Record<string, string>> = RENAMED,
): { progress: Progress } | { problem: string } {
  if (text.length > LONGEST_TEXT) return { problem: 'It is longer than any progress of this lab.' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: 'It is no JSON.' };
  }
  const { format, version, passed, last } = members(value);
  if (format !== FORMAT) return { problem: 'It holds no progress of this lab.' };
  if (version !== VERSION)
    return {
      problem: `It has the version ${JSON.stringify(version)}, and this page reads version ${VERSION}.`,
    };
  const today = (step: string) => (Object.hasOwn(renamed, step) ? (renamed[step] ?? step) : step);

  const steps = Object.entries(members(passed));
  if (steps.length > MOST_STEPS) return { problem: `It holds more than ${MOST_STEPS} steps.` };
  const known = new Map<string, string>();
  for (const [step, at] of steps) {
    if (!isStepId(step) || !isTime(at))
      return { problem: `It is damaged at the passed step ${JSON.stringify(step)}.` };
    const earlier = known.get(today(step));
    known.set(today(step), earlier !== undefined && earlier < at ? earlier : at);
  }
  if (last === null) return { progress: { passed: known, last } };
  const { step, at, heading } = members(last);
  if (!isStepId(step) || !isTime(at) || typeof heading !== 'string' || heading.length > LONGEST_HEADING)
    return { problem: 'It is damaged at the step that was open last.' };
  return { progress: { passed: known, last: { step: today(step), at, heading } } };
}

function members(value: unknown): Partial<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function isTime(value: unknown): value is string {
  return typeof value === 'string' && TIME_FORM.test(value) && !Number.isNaN(Date.parse(value));
}
