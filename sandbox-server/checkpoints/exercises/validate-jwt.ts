// Exercise: only who brings a valid token connects: signed with the API's key, in time, and meant for it (RFC 7519 §4.1, RFC 8725 §3).
import { createHmac, randomBytes } from 'node:crypto';
import { writeToken } from '../../gateway/assembly/jwt/token.ts';
import type { TrialCheckpoint } from '../checkpoint.ts';
import { expectAccepted } from './accepted.ts';
import { expectRefused } from './refused.ts';

/** Said to the reader in the task. */
const AUDIENCE = 'chat';
/** The API property with the key, a JWK. */
const KEY = 'token-key';

export const validateJwt: TrialCheckpoint = {
  step: 'validate-jwt',
  kind: 'trial',
  files: { 'websocket-upgrade.yaml': 'definition' },
  async check(examination) {
    const secret = randomBytes(32);
    const jwk = JSON.stringify({ kty: 'oct', alg: 'HS256', k: secret.toString('base64url') });
    // A key of this check alone in the place of the file's, as if the operator had changed it.
    for (const { properties } of examination.apis()) properties[KEY] = jwk;

    const word = () => randomBytes(4).toString('hex');
    const now = Math.floor(Date.now() / 1_000);
    const claims = () => ({ sub: `user-${word()}`, aud: AUDIENCE, iat: now, exp: now + 300 });
    const withToken = (token: string) => ({ headers: { Authorization: `Bearer ${token}` } });
    const signed = (more: object = {}, key = secret) => withToken(hs256({ ...claims(), ...more }, key));
    const refuse = (ask: object, what: string, hint: string) =>
      expectRefused(examination, ask, { what, status: 401, hint });

    await refuse(
      {},
      'A handshake without a token',
      'Put jwt-validate in front of websocket-upgrade: what comes behind it never runs.',
    );
    const key = `The key is in the API property ${KEY}: jws-jwk takes api.properties.${KEY}.`;
    await expectAccepted(examination, signed(), 'A valid token', key);
    const audiences = signed({ aud: [`app-${word()}`, AUDIENCE] });
    await expectAccepted(
      examination,
      audiences,
      'A valid token for two audiences',
      'Of several audiences one has to match.',
    );

    await refuse(signed({}, randomBytes(32)), 'A token that is signed with another key', key);
    await refuse(withToken(unsigned(claims())), 'A token that is not signed (alg none)', key);
    const time =
      'jwt-validate looks at exp and nbf by itself. A script would have to compare them with the clock.';
    await refuse(signed({ exp: now - 5 }), 'A token that has expired', time);
    await refuse(signed({ nbf: now + 300 }), 'A token that is not valid yet', time);
    await refuse(
      signed({ aud: `shop-${word()}` }),
      'A token for another audience',
      `aud-claim is what says for whom: ${AUDIENCE}.`,
    );
    await refuse(
      signed({ aud: `${AUDIENCE}-${word()}` }),
      'A token for an audience that begins alike',
      'aud-claim is a regular expression, and is found anywhere in the claim: ^ and $ say that nothing stands before and behind.',
    );
    await refuse(
      signed({ aud: undefined }),
      'A token that names no audience',
      `aud-claim is what says for whom: ${AUDIENCE}.`,
    );
  },
};

function hs256(claims: Record<string, string | number | string[]>, key: Uint8Array): string {
  return writeToken({ alg: 'HS256', typ: 'JWT' }, claims, (input) =>
    createHmac('sha256', key).update(input).digest(),
  );
}

function unsigned(claims: Record<string, string | number>): string {
  return writeToken({ alg: 'none' }, claims, () => Buffer.alloc(0));
}
