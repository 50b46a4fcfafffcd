// Whether the claims of a token hold now and for this reader (RFC 7519 §4.1). That these four checks exist is seen in published scripts.
const { keys } = Object;
const { stringify } = JSON;
const CALL = 'Decoder.decode (validate)';

/**
 * @param expected claims that must be there with that value; `aud` needs one audience in common
 * @param options each check is on unless it says `false`
 * @param now seconds since 1970
 * @throws Error that names the claim, what it is, and what was expected
 */
export function validateClaims(claims, expected, options, now) {
  if (options.validateDataType !== false) checkTypes(claims);
  if (options.validateExpiration !== false && claims.exp !== undefined && !(now < claims.exp))
    throw new Error(
      `${CALL}: the token has expired ('exp' is ${stringify(claims.exp)}, and it is ${Math.floor(now)})`,
    );
  if (options.validateNotBefore !== false && claims.nbf !== undefined && !(now >= claims.nbf))
    throw new Error(
      `${CALL}: the token is not valid yet ('nbf' is ${stringify(claims.nbf)}, and it is ${Math.floor(now)})`,
    );
  for (const name of keys(expected)) {
    if (name === 'aud' && options.validateAudience === false) continue;
    if (!(name === 'aud' ? shareOne(claims.aud, expected.aud) : same(claims[name], expected[name])))
      throw new Error(
        `${CALL}: '${name}' is ${stringify(claims[name])}; expected ${stringify(expected[name])}`,
      );
  }
}

function checkTypes(claims) {
  const wrong = (name, wants) =>
    new Error(`${CALL}: '${name}' is ${stringify(claims[name])}; expected ${wants}`);
  for (const name of ['iss', 'sub', 'jti'])
    if (claims[name] !== undefined && typeof claims[name] !== 'string') throw wrong(name, 'a string');
  for (const name of ['exp', 'nbf', 'iat'])
    if (claims[name] !== undefined && typeof claims[name] !== 'number')
      throw wrong(name, 'a number of seconds since 1970');
  const { aud } = claims;
  if (aud !== undefined && !listed(aud).every((each) => typeof each === 'string'))
    throw wrong('aud', 'a string or a list of strings');
}

function shareOne(has, wants) {
  return has !== undefined && listed(wants).some((each) => listed(has).includes(each));
}

function listed(value) {
  return Array.isArray(value) ? value : [value];
}

function same(has, wants) {
  return has !== undefined && stringify(has) === stringify(wants);
}
