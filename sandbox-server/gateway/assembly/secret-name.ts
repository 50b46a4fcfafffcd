// Whose values are not told: names under which people keep what lets in.

const SECRET =
  /authori[sz]ation|cookie|secret|passw|passphrase|token|api[-_]?key|client[-_]?(?:id|secret)|credential|private|jwt|jwk/i;

/** Of a header, a variable or a query parameter; whoever names a secret otherwise shows it. */
export function isSecretName(name: string): boolean {
  return SECRET.test(name);
}
