// The subprotocols that the reader offers: names between commas.

/** A token of RFC 9110, section 5.6.2: what a subprotocol's name is made of (RFC 6455, section 4.1). */
const token = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;

/** The names in their order, or why a browser would not take them. */
export function parseProtocols(text: string): { protocols: string[]; problem: string | null } {
  const protocols = text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const wrong = protocols.find((name) => !token.test(name));
  if (wrong !== undefined)
    return { protocols: [], problem: `“${wrong}” is no subprotocol: letters, digits and signs, no spaces.` };
  const twice = protocols.find((name, index) => protocols.indexOf(name) !== index);
  if (twice !== undefined)
    return { protocols: [], problem: `“${twice}” stands twice: each subprotocol is offered once.` };
  return { protocols, problem: null };
}
