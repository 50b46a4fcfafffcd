// The byte stream to a target: a server of the sandbox in this process, or one elsewhere that the operator allows.
import type { Duplex } from 'node:stream';
import type { VirtualNetwork } from '../types.ts';
import { secured } from './secured.ts';
import type { Target } from './url.ts';

/** A target as `readTarget` gives it. @throws an Error whose `code` is `ECONNREFUSED` where no server is. */
export function connectTarget(
  network: Pick<VirtualNetwork, 'connect' | 'elsewhere'>,
  { url, port }: Exclude<Target, { fault: unknown }>,
): Duplex {
  if (port === null) {
    if (network.elsewhere) return network.elsewhere.connect(url);
    throw Object.assign(new Error(`connect ECONNREFUSED: ${url.host} is outside the sandbox`), {
      code: 'ECONNREFUSED',
    });
  }
  const stream = network.connect(port);
  return url.protocol === 'https:' ? secured(stream, url.hostname) : stream;
}
