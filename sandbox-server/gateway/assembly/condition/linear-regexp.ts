// Regular expressions of a condition, matched in linear time: a pattern that explodes must not take the turn of others.
import { RE2JS } from 're2js';

/** What JSONata makes of a pattern in an expression, and asks for one match after the other from `lastIndex` on. */
class LinearRegExp extends RegExp {
  readonly #compiled: RE2JS;

  /** @throws where RE2 does not have the pattern: look-around and back-references */
  constructor(pattern: RegExp) {
    super(pattern.source, pattern.flags);
    const flags = (this.ignoreCase ? RE2JS.CASE_INSENSITIVE : 0) | (this.multiline ? RE2JS.MULTILINE : 0);
    this.#compiled = RE2JS.compile(pattern.source, flags);
  }

  override exec(text: string): RegExpExecArray | null {
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

/** For JSONata's option `RegexEngine`. */
export const linearRegExp: RegExpConstructor = new Proxy(RegExp, {
  construct: (_target, [pattern]) => new LinearRegExp(pattern),
});
