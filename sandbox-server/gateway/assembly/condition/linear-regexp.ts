// Regular expressions of a condition, matched in linear time: a pattern that explodes must not take the turn of others.
import { RE2JS } from 're2js';

/** What JSONata makes of a pattern in an expression, and asks for one match after the other from `lastIndex` on. */
class LinearRegExp extends RegExp {
  readonly #compiled: RE2JS;
  readonly #milliseconds: number;
  readonly #since = performance.now();

  /** @throws where RE2 does not have the pattern: look-around and back-references */
  constructor(pattern: RegExp, milliseconds: number) {
    super(pattern.source, pattern.flags);
    this.#milliseconds = milliseconds;
    const flags = (this.ignoreCase ? RE2JS.CASE_INSENSITIVE : 0) | (this.multiline ? RE2JS.MULTILINE : 0);
    this.#compiled = RE2JS.compile(pattern.source, flags);
  }

  /** @throws where all its matches together take too long: each is found in linear time, but of each there may be a long way to the next. */
  override exec(text: string): RegExpExecArray | null {
    if (performance.now() - this.#since > this.#milliseconds)
      throw new Error(`The pattern ${this.source.slice(0, 60)} takes more than ${this.#milliseconds} ms`);
    const matcher = this.#compiled.matcher(text);
    if (this.lastIndex > text.length || !matcher.find(this.lastIndex)) {
      this.lastIndex = 0;
      return null;
    }
    const groups = Array.from({ length: matcher.groupCount() + 1 }, (_, i) => matcher.group(i) ?? '');
    this.lastIndex = matcher.end();
    return Object.assign(groups, { 0: groups[0] ?? '', index: matcher.start(), input: text });
  }
}

/** For JSONata's option `RegexEngine`, which makes a new one for each evaluation of a pattern: that may match for so many milliseconds. */
export function linearRegExp(milliseconds: number): RegExpConstructor {
  return new Proxy(RegExp, { construct: (_target, [pattern]) => new LinearRegExp(pattern, milliseconds) });
}
