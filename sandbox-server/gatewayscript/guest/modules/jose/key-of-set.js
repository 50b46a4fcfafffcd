// The key that a signature is to be checked with: the one given, or out of a JWK set the one that its header names.

/** IBM documentation ("JWSHeader class"): of a JWK set, the headers `kid` and `alg` find the key. */
export function keyOfSet(key, header, call) {
  if (typeof key !== 'object' || key === null || !Array.isArray(key.keys)) return key;
  const type = `${header.alg}`.startsWith('HS') ? 'oct' : 'RSA';
  const fits = (jwk) =>
    typeof jwk === 'object' &&
    jwk !== null &&
    jwk.kty === type &&
    (header.kid === undefined || jwk.kid === header.kid) &&
    (jwk.alg === undefined || jwk.alg === header.alg);
  const found = key.keys.find(fits);
  if (found) return found;
  throw new Error(
    `${call}: the JWK set has no key of type ${type} for kid ${JSON.stringify(header.kid)} and alg ${JSON.stringify(header.alg)}`,
  );
}
