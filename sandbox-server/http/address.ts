// Whose request it is and by what name the client reached the lab, as far as the socket or a trusted proxy can tell.
import { isIPv6 } from 'node:net';
import type { Context } from 'hono';
import type { LabEnvironment } from './environment.ts';

/**
 * The client's address. Behind a trusted proxy that is the last entry of `X-Forwarded-For`: the one the proxy itself added,
 * while those before it are the client's own claim.
 */
export function clientAddress(c: Context<LabEnvironment>, trustProxy: boolean): string {
  const forwarded = trustProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined;
  return forwarded || c.env?.incoming?.socket.remoteAddress || 'unknown';
}

/** What limits are counted by. One IPv6 customer has a whole /64 (RFC 6177 §2), so that is one address here. */
export function addressKey(address: string): string {
  if (!isIPv6(address)) return address;
  if (address.toLowerCase().startsWith('::ffff:') && address.includes('.')) return address.slice(7);
  const [head = '', tail] = address.split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  const groups = [...before, ...Array<string>(zeros).fill('0'), ...after];
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}

/** The page's own host as the client named it (`localhost:4321`), and whether it came by https. */
export function pageHost(
  c: Context<LabEnvironment>,
  trustProxy: boolean,
): { host: string | undefined; secure: boolean } {
  const last = (name: string) => c.req.header(name)?.split(',').at(-1)?.trim() || undefined;
  const host = (trustProxy ? last('x-forwarded-host') : undefined) ?? c.req.header('host');
  return { host, secure: trustProxy && last('x-forwarded-proto') === 'https' };
}
