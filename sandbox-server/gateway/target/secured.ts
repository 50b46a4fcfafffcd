// TLS to a target, for `https` URLs.
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect } from 'node:tls';

/**
 * TLS over a stream to a server of the sandbox. Nobody outside this process is on that wire, so the certificate is not checked. A server that speaks plain
 * HTTP, such as the uppercase server, fails the handshake, as it would on a network.
 */
export function secured(stream: Duplex, hostname: string): Duplex {
  const name = isIP(hostname) === 0 ? { servername: hostname } : {};
  const tls = connect({ socket: stream, rejectUnauthorized: false, ...name });
  tls.once('close', () => stream.destroy());
  return tls;
}
