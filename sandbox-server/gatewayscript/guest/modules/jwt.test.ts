// What `require('jwt')` promises: tokens that other readers accept, and claims only after every step that was asked for has passed.
import { createHmac, createVerify, generateKeyPairSync, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../types.ts';
import { type Scripts, startScripts } from './script-value.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const secret = randomBytes(32).toString('hex');
const properties = { Alice: secret, Key: rsa.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString() };

let scripts: Scripts;
beforeAll(() => {
  scripts = startScripts();
});
afterAll(() => scripts.close());

const b64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const token = (claims: unknown) => {
  const input = `${b64({ alg: 'HS256' })}.${b64(claims)}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
};
const now = () => Math.floor(Date.now() / 1000);

/** What the script's `give` was called with, by name. */
async function answer(script: string, input: object): Promise<JsonObject> {
  const { error, variables } = await scripts.run(
    `var jwt = require('jwt'), jose = require('jose'), input = JSON.parse(context.get('input')), answer = {};
     function give(name) { return (error, value) => { answer[name] = error ? 'error: ' + error.errorMessage : value; context.set('answer', JSON.stringify(answer)); }; }
     ${script}`,
    { variables: { input: JSON.stringify(input), api: { properties } } },
  );
  if (error) throw new Error(error.message);
  const found: JsonObject = JSON.parse(String(variables.answer));
  return found;
}

/** The outcome of decoding a token of these claims with the script of operations. */
const decoded = async (claims: unknown, operations: string) =>
  (
    await answer(`new jwt.Decoder(input.token)${operations}.decode(give('claims'));`, {
      token: token(claims),
    })
  ).claims;

describe('encoding', () => {
  test('a token signed in a script verifies in Node, and in a script', async () => {
    const claims = {
      iss: randomBytes(5).toString('hex'),
      aud: ['a', 'b'],
      exp: now() + 60.5,
      nested: { ü: [1, null] },
    };
    const { hs, rs, back } = await answer(
      `new jwt.Encoder(input.claims).addOperation('sign', jose.createJWSHeader('Alice', 'HS256')).encode(give('hs'));
       new jwt.Encoder(input.claims).addOperation('sign', jose.createJWSHeader('Key', 'RS256').setProtected('typ', 'JWT')).encode((error, made) => {
         give('rs')(error, made);
         new jwt.Decoder(made).addOperation('verify', 'Key').addOperation('validate', { iss: input.claims.iss, aud: 'b' }).decode(give('back'));
       });`,
      { claims },
    );
    expect(hs).toBe(token(claims));
    const [head, payload, signature = ''] = String(rs).split('.');
    expect(head).toBe(b64({ alg: 'RS256', typ: 'JWT' }));
    expect(
      createVerify('sha256').update(`${head}.${payload}`).verify(rsa.publicKey, signature, 'base64url'),
    ).toBe(true);
    expect(back).toEqual(claims);
  });

  test('signed twice, it is verified twice, and the claims are the inner ones', async () => {
    const { back, outer } = await answer(
      `new jwt.Encoder({ sub: 'x' }).addOperation('sign', jose.createJWSHeader('Key', 'RS256')).addOperation('sign', jose.createJWSHeader('Alice', 'HS256').setProtected('cty', 'JWT'))
         .encode((error, made) => {
           new jwt.Decoder(made).addOperation('verify', 'Alice').addOperation('verify', 'Key').decode(give('back'));
           new jwt.Decoder(made).addOperation('verify', 'Alice').addOperation('verify', 'Alice').decode(give('outer'));
         });`,
      {},
    );
    expect(back).toEqual({ sub: 'x' });
    expect(outer).toContain('error: Decoder.decode (verify): the key object "Alice" is a shared secret');
  });

  test.each([
    ["new jwt.Encoder('claims')", 'jwt.Encoder: the claims are string; expected an object'],
    [
      "new jwt.Encoder({}).addOperation('sign', 'Alice')",
      "Encoder.addOperation: 'sign' takes string; expected a header of jose.createJWSHeader",
    ],
    [
      "new jwt.Encoder({}).addOperation('encrypt', {})",
      "Encoder.addOperation: 'encrypt' is not in the lab, which has no JWE; expected 'sign'",
    ],
    ["new jwt.Encoder({}).addOperation('Sign', {})", 'Encoder.addOperation: unknown operation "Sign"'],
    ['new jwt.Encoder({}).encode()', 'Encoder.encode: the callback is undefined'],
    ['new jwt.Decoder({})', 'jwt.Decoder: the token is object; expected a string'],
    [
      "new jwt.Decoder('').addOperation('decrypt', 'Alice')",
      "Decoder.addOperation: 'decrypt' is not in the lab",
    ],
    [
      "new jwt.Decoder('').addOperation('validate', 'aud')",
      "Decoder.addOperation: 'validate' takes string; expected an object of claims",
    ],
    ['jwt.sign({})', 'jwt.sign: there is no such member; jwt has Encoder, Decoder'],
  ])('%s fails by name at its line', async (script, expected) => {
    const { message, line } = await scripts.error(`var jwt = require('jwt');\n${script}`);
    expect(message).toContain(expected);
    expect(line).toBe(2);
  });
});

describe('decoding', () => {
  test('without operations it gives the claims, of whom nothing is known', async () => {
    const claims = { sub: randomBytes(4).toString('hex'), exp: 1 };
    expect(await decoded(claims, '')).toEqual(claims);
  });

  test('a token that another key signed, or whose claims were changed, does not verify', async () => {
    const [head, , signature] = token({ sub: 'x' }).split('.');
    const found = await answer(
      `new jwt.Decoder(input.token).addOperation('verify', Buffer.from('other')).decode(give('key'));
       new jwt.Decoder(input.changed).addOperation('verify', 'Alice').decode(give('claims'));
       new jwt.Decoder(input.none).addOperation('verify', 'Alice').decode(give('none'));`,
      {
        token: token({ sub: 'x' }),
        changed: `${head}.${b64({ sub: 'root' })}.${signature}`,
        none: `${b64({ alg: 'none' })}.${b64({ sub: 'x' })}.`,
      },
    );
    const unfit = 'error: Decoder.decode (verify): the signature does not fit token and key';
    expect(found).toMatchObject({ key: unfit, claims: unfit });
    expect(found.none).toContain('the header\'s "alg" is "none"');
  });

  test.each([
    ['an expired token', { exp: now() - 5 }, '{}', 'the token has expired'],
    ['one of tomorrow', { nbf: now() + 86_400 }, '{}', 'the token is not valid yet'],
    [
      'a date as text',
      { exp: '2030-01-01' },
      '{}',
      '\'exp\' is "2030-01-01"; expected a number of seconds since 1970',
    ],
    ['a number as issuer', { iss: 7 }, '{}', "'iss' is 7; expected a string"],
    [
      'an audience of numbers',
      { aud: ['a', 7] },
      '{}',
      '\'aud\' is ["a",7]; expected a string or a list of strings',
    ],
    ['another audience', { aud: ['a', 'b'] }, "{ aud: 'c' }", '\'aud\' is ["a","b"]; expected "c"'],
    ['no audience', {}, "{ aud: 'c' }", '\'aud\' is undefined; expected "c"'],
    ['another claim', { role: 'reader' }, "{ role: 'admin' }", '\'role\' is "reader"; expected "admin"'],
    ['a claim of the prototype', {}, "{ constructor: 'x' }", "'constructor' is"],
  ])('%s does not validate', async (_what, claims, expected, message) => {
    const found = await decoded(
      claims,
      `.addOperation('verify', 'Alice').addOperation('validate', ${expected})`,
    );
    expect(found).toContain('error: Decoder.decode (validate): ');
    expect(found).toContain(message);
  });

  test('what holds validates: times, an audience in common, equal claims of any shape', async () => {
    const claims = { exp: now() + 30, nbf: now() - 30, iat: now(), aud: 'a', roles: ['x', { y: 1 }] };
    expect(
      await decoded(claims, ".addOperation('validate', { aud: ['z', 'a'], roles: ['x', { y: 1 }] })"),
    ).toEqual(claims);
  });

  test('options before the operation turn its checks off one by one, as published scripts have it', async () => {
    const claims = { exp: 1, nbf: now() + 99, aud: 'other', iss: 7 };
    const off =
      '{ validateDataType: false, validateAudience: false, validateExpiration: false, validateNotBefore: false }';
    expect(await decoded(claims, `.addOperation(${off}, 'validate', { aud: 'xxxx' })`)).toEqual(claims);
    for (const [check, message] of [
      ['DataType', "'iss'"],
      ['Audience', "'aud'"],
      ['Expiration', 'expired'],
      ['NotBefore', 'not valid yet'],
    ] as const) {
      const one = off.replace(`validate${check}: false`, `validate${check}: true`);
      expect(await decoded(claims, `.addOperation(${one}, 'validate', { aud: 'xxxx' })`)).toContain(message);
    }
  });

  test.each([
    ['', '3 parts'],
    ['a.b', '3 parts'],
    [`${b64({ alg: 'HS256' })}.${Buffer.from('[]').toString('base64url')}.`, '3 parts'],
    [`${b64({})}.${Buffer.from('{"a"').toString('base64url')}.`, 'is not JSON'],
  ])('%j is told to be no token', async (text, message) => {
    const { claims } = await answer("new jwt.Decoder(input.text).decode(give('claims'));", { text });
    expect(claims).toContain('error: Decoder.decode: ');
    expect(claims).toContain(message);
  });
});
