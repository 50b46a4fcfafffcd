// Reads a command's options from its words, in either of the two ways that the lessons' programs do it.

export interface OptionKind {
  /** Its letter, behind one "-". */
  short?: string;
  /** Its name, behind "--"; with `shortOnly` the program has only the letter. */
  long: string;
  shortOnly?: true;
  /** Name of its value, where it takes one. */
  value?: string;
  /** Takes each word that follows, up to the next option; websocat's `-H` does. */
  greedy?: boolean;
  /** One sentence for the list of options. */
  says: string;
}

/**
 * websocat takes values behind a "=" too (`--protocol=a`, `-H=a`, as its library clap does), curl never does:
 * there `-H=a` has the value `=a`, and `--request=GET` is no option.
 */
export interface OptionStyle {
  equals: boolean;
}

export interface GivenOption {
  kind: OptionKind;
  /** `null` for an option without a value. */
  value: string | null;
}

export interface ParsedOptions {
  given: GivenOption[];
  /** Words that are no options. */
  rest: string[];
}

/** Words that the options do not allow. */
export class OptionFault extends Error {
  readonly what: 'unknown' | 'no-value' | 'surplus-value';
  /** The option alone, such as `-x` or `--foo`. */
  readonly option: string;
  /** The whole word in which it stands. */
  readonly word: string;
  readonly kind: OptionKind | null;

  constructor(what: OptionFault['what'], option: string, word: string, kind: OptionKind | null) {
    super(`${what}: ${option}`);
    this.name = 'OptionFault';
    this.what = what;
    this.option = option;
    this.word = word;
    this.kind = kind;
  }
}

/** Throws `OptionFault`. What follows `--` is no option. */
export function parseOptions(
  words: readonly string[],
  kinds: readonly OptionKind[],
  style: OptionStyle,
): ParsedOptions {
  const given: GivenOption[] = [];
  const rest: string[] = [];
  let at = 0;

  /** The value of an option that ends its word: the next word, and for a greedy one those after it. */
  function takeValues(kind: OptionKind, option: string, word: string): void {
    const isValue = () => at < words.length && !(style.equals && /^-./.test(words[at] ?? ''));
    if (!isValue()) throw new OptionFault('no-value', option, word, kind);
    do {
      given.push({ kind, value: words[at] ?? '' });
      at += 1;
    } while (kind.greedy && isValue());
  }

  function readLong(word: string): void {
    const sign = style.equals ? word.indexOf('=') : -1;
    const option = sign === -1 ? word : word.slice(0, sign);
    const kind = kinds.find(({ long, shortOnly }) => !shortOnly && `--${long}` === option);
    if (!kind) throw new OptionFault('unknown', option, word, null);
    if (kind.value === undefined) {
      if (sign !== -1) throw new OptionFault('surplus-value', option, word, kind);
      given.push({ kind, value: null });
    } else if (sign !== -1) given.push({ kind, value: word.slice(sign + 1) });
    else takeValues(kind, option, word);
  }

  /** Several letters may stand behind one "-"; what follows the first that takes a value is that value. */
  function readShort(word: string): void {
    for (let i = 1; i < word.length; i += 1) {
      const letter = word[i] ?? '';
      const kind = kinds.find(({ short }) => short === letter);
      if (!kind) throw new OptionFault('unknown', `-${letter}`, word, null);
      if (kind.value === undefined) {
        given.push({ kind, value: null });
        continue;
      }
      const attached = word.slice(i + 1);
      if (attached === '') takeValues(kind, `-${letter}`, word);
      else given.push({ kind, value: style.equals ? attached.replace(/^=/, '') : attached });
      return;
    }
  }

  while (at < words.length) {
    const word = words[at] ?? '';
    at += 1;
    if (word === '--') {
      rest.push(...words.slice(at));
      break;
    }
    if (word.startsWith('--')) readLong(word);
    else if (word.startsWith('-') && word !== '-') readShort(word);
    else rest.push(word);
  }
  return { given, rest };
}

/** All values that one option was given. */
export function valuesOf({ given }: ParsedOptions, long: string): string[] {
  return given.flatMap(({ kind, value }) => (kind.long === long && value !== null ? [value] : []));
}

export function isGiven({ given }: ParsedOptions, long: string): boolean {
  return given.some(({ kind }) => kind.long === long);
}

/** The options as lines to be told, one each. */
export function listOptions(kinds: readonly OptionKind[]): string {
  const names = kinds.map(({ short, long, shortOnly, value }) => {
    const name = shortOnly ? `-${short}` : `${short === undefined ? '    ' : `-${short}, `}--${long}`;
    return value === undefined ? name : `${name} <${value}>`;
  });
  const width = Math.max(...names.map((name) => name.length)) + 2;
  return kinds.map(({ says }, i) => `  ${(names[i] ?? '').padEnd(width)}${says}\n`).join('');
}

/** Their names in one line, for below an error: the list itself would push the error off the screen. */
export function nameOptions(program: string, kinds: readonly OptionKind[]): string {
  const names = kinds.map(({ short, long }) => (short === undefined ? `--${long}` : `-${short}`));
  return `This lab’s ${program} has ${names.slice(0, -1).join(', ')} and ${names.at(-1)}; ${program} --help tells what they do.\n`;
}
