// The rules of RFC 6455 that a handshake keeps or breaks, each by its section.

/** `rule` is a stable kebab-case id, `section` e.g. `4.2.2`; `message` says what was found and, on failure, what was expected. */
export interface HandshakeRule {
  rule: string;
  section: string;
  passed: boolean;
  message: string;
}
