// The rules of RFC 6455 that a handshake keeps or breaks, each by its section.

/** `rule` is a stable kebab-case id, `section` e.g. `4.2.2`; `message` says what was found and, on failure, what was expected. */
export interface HandshakeRule {
  rule: string;
  section: string;
  passed: boolean;
  message: string;
}

/** The rule with what was found, and on failure what was expected. */
export function judged(
  rule: string,
  section: string,
  passed: boolean,
  found: string,
  expected: string,
): HandshakeRule {
  return { rule, section, passed, message: passed ? `${found}.` : `${found}. Expected: ${expected}.` };
}

/** `Upgrade is h2c`, or `There is no Upgrade`. */
export function named(name: string, found: readonly string[]): string {
  return found.length === 0 ? `There is no ${name}` : `${name} is ${found.join(', ')}`;
}
