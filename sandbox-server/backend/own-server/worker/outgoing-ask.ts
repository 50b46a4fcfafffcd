// What a script gives to `new WebSocket`, read as the package `ws` reads it (its lib/websocket.js, `initAsClient`), and where it leads in the lab.
import { z } from 'zod';
import { SANDBOX_HOSTS } from '../../../gateway/target/hosts.ts';
import { GuestError } from '../../../gatewayscript/host/guest-error.ts';
import { ADDED_HEADERS_BYTES } from '../limits.ts';
import type { OutgoingAsk } from './clients.ts';

/** `invalid` is the text of the SyntaxError that `ws` throws. */
export type ReadAsk = { invalid: string } | { invalid: null; ask: OutgoingAsk };

const PROTOCOL = /^[!#$%&'*+\-.0-9A-Z^_`|a-z~]+$/;
const milliseconds = z.number().positive().nullable().catch(null);
const optionsSchema = z.object({
  headers: z.record(z.string(), z.coerce.string()).catch({}),
  origin: z.string().nullable().catch(null),
  handshakeTimeout: milliseconds,
  maxPayload: z.number().int().positive().nullable().catch(null),
  autoPong: z.boolean().catch(true),
});

export function readOutgoingAsk(address: string, protocols: string[], given: unknown): ReadAsk {
  const url = URL.parse(address);
  if (!url) return { invalid: `Invalid URL: ${address}` };
  if (url.protocol === 'http:') url.protocol = 'ws:';
  if (url.protocol === 'https:') url.protocol = 'wss:';
  if (url.protocol !== 'ws:' && url.protocol !== 'wss:')
    return {
      invalid: 'The URL\'s protocol must be one of "ws:", "wss:", "http:", "https:", or "ws+unix:"',
    };
  if (url.hash) return { invalid: 'The URL contains a fragment identifier' };
  if (protocols.some((each, index) => !PROTOCOL.test(each) || protocols.indexOf(each) !== index))
    return { invalid: 'An invalid or duplicated subprotocol was specified' };
  const options = optionsSchema.parse(given);
  if (JSON.stringify([url.href, protocols, options]).length > ADDED_HEADERS_BYTES)
    throw new GuestError(
      'RangeError',
      `new WebSocket: a handshake of more than ${ADDED_HEADERS_BYTES} characters`,
    );
  const ask = { address: url.href, port: Number(url.port || 80), protocols, options };
  return { invalid: null, ask: { ...ask, unreachable: unreachable(url) } };
}

/** Other hosts are unknown here, and no server of a sandbox speaks TLS. */
function unreachable({ protocol, hostname }: URL): OutgoingAsk['unreachable'] {
  if (!SANDBOX_HOSTS.has(hostname))
    return {
      code: 'ENOTFOUND',
      message: `getaddrinfo ENOTFOUND ${hostname}: in the lab a script reaches the servers of its own sandbox, as backend or localhost`,
    };
  if (protocol === 'ws:') return null;
  return { code: 'EPROTO', message: 'write EPROTO: the servers of a sandbox speak no TLS; write ws://' };
}
