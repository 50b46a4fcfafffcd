// What `require('jose')` promises: JWS as RFC 7515 has it in all three forms, and no signature that a wrong key or header could forge.
import {
  createHmac,
  createSign,
  createVerify,
  generateKeyPairSync,
  randomBytes,
  randomInt,
} from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../types.ts';
import { type Scripts, startScripts } from './script-value.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const privatePem = rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const publicPem = rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const secret = randomBytes(32).toString('hex');
const properties = { Shared: secret, Private: privatePem, Public: publicPem };

let scripts: Scripts;
beforeAll(() => {
  scripts = startScripts();
});
afterAll(() => scripts.close());

const b64 = (text: string | Buffer) => Buffer.from(text).toString('base64url');
const header = (token: string) => JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString());
const hs256 = (head: object, payload: string, key: string | Buffer = secret) => {
  const input = `${b64(JSON.stringify(head))}.${b64(payload)}`;
  return `${input}.${createHmac('sha256', key).update(input).digest('base64url')}`;
};

/** What the script put into `answer`, after all its callbacks. */
async function answer(script: string, input: object = {}): Promise<JsonObject> {
  const variables = { input: JSON.stringify(input), api: { properties } };
  const { error, variables: after } = await scripts.run(
    `var jose = require('jose'), input = JSON.parse(context.get('input')), answer = {};
     function signed(header, form, name) { jose.createJWSSigner(header).update(input.payload).sign(form, (error, jws) => give(name, error, jws)); }
     function give(name, error, value) { answer[name] = error ? 'error: ' + error.errorMessage : value; context.set('answer', JSON.stringify(answer)); }
     function checked(name, jws, key) {
       var parsed = jose.parse(jws);
       parsed.getSignatures().forEach((each) => each.setKey(key));
       jose.createJWSVerifier(parsed).validate((error) => give(name, error, parsed.getPayload()));
     }
     ${script}`,
    { variables },
  );
  if (error) throw new Error(error.message);
  const found: JsonObject = JSON.parse(String(after.answer));
  return found;
}

describe('signing', () => {
  test.each(['HS256', 'HS384', 'HS512', 'RS256', 'RS384', 'RS512'])(
    '%s makes a compact JWS that Node verifies',
    async (alg) => {
      const input = {
        payload: randomBytes(randomInt(1, 80)).toString('base64'),
        alg,
        key: alg.startsWith('HS') ? 'Shared' : 'Private',
        kid: randomBytes(4).toString('hex'),
      };
      const { token } = await answer(
        "signed(jose.createJWSHeader(input.key, input.alg).setProtected('kid', input.kid), 'compact', 'token');",
        input,
      );
      const [head, payload, signature = ''] = String(token).split('.');
      expect(header(String(token))).toEqual({ alg, kid: input.kid });
      expect(payload).toBe(b64(input.payload));
      const data = `${head}.${payload}`;
      const digest = `sha${alg.slice(2)}`;
      if (alg.startsWith('HS'))
        expect(signature).toBe(createHmac(digest, secret).update(data).digest('base64url'));
      else expect(createVerify(digest).update(data).verify(rsa.publicKey, signature, 'base64url')).toBe(true);
    },
  );

  test('JSON has a signature for each header, with its unprotected part; flattened JSON has one; all verify', async () => {
    const payload = `häßlich ${randomBytes(9).toString('hex')}`;
    const { general, flat, first, second } = await answer(
      `var one = jose.createJWSHeader('Shared', 'HS256').setUnprotected({ kid: 'one', n: 7 }), two = jose.createJWSHeader('Private').setProtected({ alg: 'RS256', kid: 'two' });
       jose.createJWSSigner(one, two).update(input.payload.slice(0, 3)).update(Buffer.from(input.payload.slice(3))).sign('json', (error, jws) => {
         give('general', error, jws);
         var parsed = jose.parse(jws), keys = { one: 'Shared', two: 'Public' };
         parsed.getSignatures().forEach((each) => each.setKey(keys[each.get('kid')]));
         jose.createJWSVerifier(parsed).validate((error) => give('first', error, parsed.getPayload()));
       });
       signed(one, 'json_flat', 'flat');
       jose.createJWSSigner(one).update(input.payload).sign('json_flat', (error, jws) => checked('second', JSON.stringify(jws), 'Shared'));`,
      { payload },
    );
    expect(general).toMatchObject({
      payload: b64(payload),
      signatures: [
        { protected: b64('{"alg":"HS256"}'), header: { kid: 'one', n: 7 } },
        { protected: b64('{"alg":"RS256","kid":"two"}') },
      ],
    });
    expect(flat).toMatchObject({
      payload: b64(payload),
      protected: b64('{"alg":"HS256"}'),
      header: { kid: 'one', n: 7 },
    });
    expect([first, second]).toEqual([payload, payload]);
  });

  test('the callback comes after the script, and what it throws counts as the script’s', async () => {
    const result = await scripts.run(
      `var jose = require('jose');
jose.createJWSSigner(jose.createJWSHeader(Buffer.from('k'), 'HS256')).sign((error, jws) => { console.log('%s', typeof jws);
  throw new Error('of the callback'); });
console.log('%s', 'end');`,
    );
    expect(result.console.map(({ text }) => text)).toEqual(['end', 'string']);
    expect(result.error).toMatchObject({ message: 'of the callback', line: 3 });
  });

  test.each([
    ["jose.createJWSHeader('Shared', 'ES256')", 'the header\'s "alg" is "ES256"; expected one of HS256'],
    ["jose.createJWSHeader('Shared', 'none')", 'the header\'s "alg" is "none"'],
    ["jose.createJWSHeader('Shared')", 'the header\'s "alg" is "undefined"'],
    ["jose.createJWSHeader('nobody', 'HS256')", 'there is no key object "nobody"'],
    ["jose.createJWSHeader('Public', 'HS256')", 'the key object "Public" is in PEM, so no shared secret'],
    [
      "jose.createJWSHeader('Public', 'RS256')",
      'the key object "Public" is public; expected an RSA or EC private key',
    ],
    [
      "jose.createJWSHeader('Shared', 'RS256')",
      'the key object "Shared" is a shared secret; expected an RSA or EC private key',
    ],
    ["jose.createJWSHeader(undefined, 'HS256')", 'the key is undefined'],
    [
      "jose.createJWSHeader('Shared', 'HS256').setUnprotected('kid', 'x')",
      'the compact form has no unprotected header',
    ],
  ])('%s reaches the callback as its error', async (script, expected) => {
    const { token } = await answer(`signed(${script}, 'compact', 'token');`, { payload: 'x' });
    expect(token).toContain('error: JWSSigner.sign: ');
    expect(token).toContain(expected);
  });
});

describe('the header', () => {
  test('reads its parts together and apart, as copies', async () => {
    const { head } = await answer(
      `var h = jose.createJWSHeader('Shared', 'HS256').setProtected({ kid: 'a', crit: ['exp'] }).setUnprotected('note', 'b');
       h.getProtected().kid = 'changed'; h.getProtected('crit').push('changed');
       give('head', null, [h.get('note'), h.get('kid'), h.get('x') === undefined, h.getJOSEHeader(), h.getProtected(), h.getProtected('alg'), h.getUnprotected(), h.getUnprotected('alg') === undefined, h.getKey(), h.setKey('Other').getKey()]);`,
    );
    const all = { alg: 'HS256', kid: 'a', crit: ['exp'] };
    expect(head).toEqual([
      'b',
      'a',
      true,
      { note: 'b', ...all },
      all,
      'HS256',
      { note: 'b' },
      true,
      'Shared',
      'Other',
    ]);
  });

  test.each([
    [
      "h.setUnprotected('alg', 'none')",
      "JWSHeader.setUnprotected: 'alg' is in the header's other part already",
    ],
    ['h.setProtected(7, 7)', "JWSHeader.setProtected: the parameter's name is number"],
    ["h.setProtected('kid')", "JWSHeader.setProtected: the value of 'kid' is undefined"],
  ])('%s fails by name', async (script, expected) => {
    const { message } = await scripts.error(
      `var h = require('jose').createJWSHeader('a', 'HS256');\n${script}`,
    );
    expect(message).toContain(expected);
  });
});

describe('verifying', () => {
  test('takes the example of RFC 7515 appendix A.1, and no change to it', async () => {
    const token =
      'eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
    const jwk = {
      kty: 'oct',
      k: 'AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow',
    };
    const found = await answer(
      `checked('right', input.token, input.jwk); checked('buffer', Buffer.from(input.token), { keys: [{ kty: 'RSA' }, input.jwk] });
       checked('payload', input.token.replace('eyJpc3Mi', 'eyJpc3Mj'), input.jwk); checked('signature', input.token.slice(0, -4) + 'AAAA', input.jwk); checked('key', input.token, 'Shared');`,
      { token, jwk },
    );
    const payload = '{"iss":"joe",\r\n "exp":1300819380,\r\n "http://example.com/is_root":true}';
    const unfit = 'error: JWSVerifier.validate: the signature does not fit payload, header and key';
    expect(found).toEqual({ right: payload, buffer: payload, payload: unfit, signature: unfit, key: unfit });
  });

  test('of a JWK set, the key that kid and alg name is taken', async () => {
    const input = `${b64(JSON.stringify({ alg: 'RS256', kid: 'b' }))}.${b64('payload')}`;
    const token = `${input}.${createSign('sha256').update(input).sign(rsa.privateKey, 'base64url')}`;
    const other = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'jwk' });
    const keys = [
      { ...other, kid: 'a' },
      { ...rsa.publicKey.export({ format: 'jwk' }), kid: 'b', alg: 'RS256' },
    ];
    const found = await answer(
      "checked('found', input.token, { keys: input.keys }); checked('absent', input.token, { keys: input.keys.slice(0, 1) });",
      { token, keys },
    );
    expect(found.found).toBe('payload');
    expect(found.absent).toContain('the JWK set has no key of type RSA for kid "b" and alg "RS256"');
  });

  test('a public key never serves as the secret of an HMAC, however it is given', async () => {
    const found = await answer(
      `checked('name', input.token, 'Public'); checked('buffer', input.token, Buffer.from(input.pem)); checked('jwk', input.token, input.jwk); checked('set', input.token, { keys: [input.jwk] });`,
      {
        token: hs256({ alg: 'HS256' }, '{"admin":true}', publicPem),
        pem: publicPem,
        jwk: rsa.publicKey.export({ format: 'jwk' }),
      },
    );
    for (const name of ['name', 'buffer', 'jwk', 'set'])
      expect(found[name]).toMatch(/^error: .*(shared secret|no key of type oct)/);
  });

  test('an unsecured JWS, a critical extension, and a JWS without a key do not pass', async () => {
    const found = await answer(
      `checked('none', input.none, 'Shared'); checked('crit', input.crit, 'Shared');
       jose.createJWSVerifier(jose.parse(input.crit)).validate((error) => give('keyless', error, 'passed'));`,
      {
        none: `${b64('{"alg":"none"}')}.${b64('{}')}.`,
        crit: hs256({ alg: 'HS256', crit: ['exp'], exp: 1 }, 'x'),
      },
    );
    expect(found.none).toContain('the header\'s "alg" is "none"');
    expect(found.crit).toContain('the header calls ["exp"] critical');
    expect(found.keyless).toContain('no signature has a key');
  });

  test('a payload that is no text comes as a Buffer', async () => {
    const bytes = Buffer.from([0xff, 0xfe, 0, 1]);
    const input = `${b64('{"alg":"HS256"}')}.${b64(bytes)}`;
    const token = `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
    const { hex } = await answer("give('hex', null, jose.parse(input.token).getPayload().toString('hex'));", {
      token,
    });
    expect(hex).toBe(bytes.toString('hex'));
  });

  test.each([
    ["jose.parse('a.b')", 'jose.parse: a compact JWS has 3 parts with dots between; this has 2'],
    ["jose.parse('a!.bb.cc')", 'jose.parse: the protected header is not base64url'],
    ["jose.parse('eyJ9.e30.')", 'jose.parse: the protected header "{\\"}" is not JSON'],
    ["jose.parse('W10.e30.')", 'jose.parse: the protected header is not a JSON object'],
    ['jose.parse({})', 'jose.parse: a JWS in JSON has a payload and at least one signature'],
    ["jose.parse({payload: '', signatures: [null]})", 'jose.parse: the signature is not base64url'],
    ["jose.parse({payload: '', signature: '', header: 'x'})", 'jose.parse: the unprotected header is string'],
    ['jose.parse(null)', 'jose.parse: the JWS is null'],
    ['jose.createJWSSigner()', 'jose.createJWSSigner: expected one or more headers'],
    [
      "jose.createJWSSigner(jose.createJWSHeader('a', 'HS256')).update(7)",
      'JWSSigner.update: the data is number',
    ],
    [
      "jose.createJWSSigner(jose.createJWSHeader('a', 'HS256')).sign('xml', () => {})",
      'JWSSigner.sign: unknown form "xml"; expected one of compact, json, json_flat',
    ],
    [
      "jose.createJWSSigner(jose.createJWSHeader('a', 'HS256')).sign('json')",
      'JWSSigner.sign: the callback is undefined',
    ],
    [
      "jose.createJWSVerifier('a.b.c')",
      'jose.createJWSVerifier: the JWS is string; expected what jose.parse gave',
    ],
    [
      "jose.createJWEHeader('A128GCM')",
      'jose.createJWEHeader: there is no such member; jose has createJWSHeader',
    ],
  ])('%s fails by name at its line', async (script, expected) => {
    const { message, line } = await scripts.error(`var jose = require('jose');\n${script}`);
    expect(message).toContain(expected);
    expect(line).toBe(2);
  });
});
