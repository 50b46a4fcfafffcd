// Basic authentication (RFC 7617) against the user registries of the sandbox's products.
import type { Header } from '../../gatewayscript/types.ts';
import { headerValue } from '../handshake/headers.ts';
import type { Product } from '../plans/product.ts';
import { secretEqual } from './secret-equal.ts';

/** Why the request does not pass, without the password; `null` where it does. Without a `registry` any of the sandbox's will do (lab's choice). */
export function basicFault(
  headers: readonly Header[],
  registry: string | null,
  products: Iterable<Product>,
): string | null {
  const written = headerValue(headers, 'Authorization');
  if (written === undefined) return 'the header Authorization is missing';
  const sent = /^Basic +([A-Za-z0-9+/]+=*)$/i.exec(written)?.[1];
  const decoded = sent === undefined ? '' : Buffer.from(sent, 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  if (colon === -1) return 'the header Authorization is not Basic with the base64 of name:password';
  const [name, password] = [decoded.slice(0, colon), decoded.slice(colon + 1)];

  const registries = [...products].flatMap((product) =>
    [...product.registries]
      .filter(([each]) => registry === null || each === registry)
      .map(([, users]) => users),
  );
  if (registries.length === 0)
    return `no deployed product has ${registry === null ? 'a user registry' : `the user registry ${registry}`}`;
  // All are compared, so that the time does not tell whether there is a user of that name.
  const matches = registries.map((users) => secretEqual(password, users.get(name) ?? '') && users.has(name));
  return matches.includes(true) ? null : 'name or password is wrong';
}
