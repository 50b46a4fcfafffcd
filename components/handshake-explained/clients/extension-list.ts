// The header Sec-WebSocket-Extensions as a list of names and parameters (RFC 6455 §9.1).
import { isToken, trimmed } from '../../../sandbox-server/gateway/handshake/headers.ts';

export interface Extension {
  name: string;
  /** `true` for a parameter without a value. */
  parameters: [name: string, value: string | true][];
}

/** `null` where it does not keep the grammar; `lax` forgives white space around `=`. */
export function parseExtensions(value: string, lax = false): Extension[] | null {
  const extensions = value.split(',').map((text) => parseExtension(text, lax));
  return extensions.every((extension) => extension !== null) ? extensions : null;
}

function parseExtension(text: string, lax: boolean): Extension | null {
  const [name = '', ...rest] = text.split(';').map(trimmed);
  const parameters = rest.map((parameter): [string, string | true] => {
    const equals = parameter.indexOf('=');
    if (equals < 0) return [parameter, true];
    const [key = '', given = ''] = [parameter.slice(0, equals), parameter.slice(equals + 1)].map((part) =>
      lax ? trimmed(part) : part,
    );
    return [key, given.replace(/^"(.*)"$/, '$1')];
  });
  const tokens = [name, ...parameters.flat().filter((part) => part !== true)];
  return tokens.every(isToken) ? { name, parameters } : null;
}

/** A window of 8 to 15 bits (RFC 7692 §7.1.2). */
export function isWindow(value: string | true): boolean {
  return value !== true && /^(?:[89]|1[0-5])$/.test(value);
}
