// What `require('crypto')` promises: the digests, MACs and signatures of Node, the gateway's names, and keys by name.
import {
  createHash,
  createHmac,
  createPublicKey,
  createSign,
  createVerify,
  generateKeyPairSync,
  randomBytes,
  randomInt,
} from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Scripts, startScripts } from './script-value.ts';

const DIGESTS = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'ripemd160'];
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const pem = {
  rsa: rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  rsaPublic: rsa.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  ec: ec.privateKey.export({ type: 'sec1', format: 'pem' }).toString(),
};

let scripts: Scripts;
beforeAll(() => {
  scripts = startScripts();
});
afterAll(() => scripts.close());

const CRYPTO = "var crypto = require('crypto');";
const value = (script: string, input?: unknown, properties: { [name: string]: string } = {}) =>
  scripts.value(`${CRYPTO} ${script}`, input, { variables: { api: { properties } } });
const error = (script: string, input?: unknown) => scripts.error(`${CRYPTO}\n${script}`, input);
/** A private key whose first prime has that many bytes: PKCS #1 in DER, which is a sequence of numbers. */
function slowKey(primeBytes: number): string {
  const tagged = (tag: number, content: Buffer) =>
    Buffer.concat([Buffer.from([tag, 0x82, content.length >> 8, content.length & 255]), content]);
  const odd = (bytes: number) => Buffer.concat([Buffer.from([1]), randomBytes(bytes - 2), Buffer.from([1])]);
  const numbers = [256, 2, 256, primeBytes, 64, primeBytes, 64, 64].map((bytes) => tagged(2, odd(bytes)));
  const der = tagged(0x30, Buffer.concat([Buffer.from([2, 1, 0]), ...numbers]));
  return `-----BEGIN RSA PRIVATE KEY-----\n${der.toString('base64')}\n-----END RSA PRIVATE KEY-----`;
}
const someText = () => randomBytes(randomInt(1, 200)).toString('latin1');

describe('hashes and HMACs', () => {
  test('give what Node gives, for every algorithm and any text or bytes', async () => {
    for (const algorithm of DIGESTS) {
      const [text, hex, key] = [someText(), randomBytes(33).toString('hex'), randomBytes(20).toString('hex')];
      const answer = await value(
        `var key = Buffer.from(input.key, 'hex'), bytes = Buffer.from(input.hex, 'hex');
         return [crypto.createHash(input.algorithm).update(input.text).update(bytes).digest('base64'),
           crypto.createHmac('hmac-' + input.algorithm, key).update(input.text).update(input.hex, 'hex').digest('hex'),
           crypto.createHmac(input.algorithm, { key: key }).update(input.text).digest().length];`,
        { algorithm, text, hex, key },
      );
      const [bytes, secret] = [Buffer.from(hex, 'hex'), Buffer.from(key, 'hex')];
      expect(answer).toEqual([
        createHash(algorithm).update(text).update(bytes).digest('base64'),
        createHmac(algorithm, secret).update(text).update(bytes).digest('hex'),
        createHash(algorithm).digest().length,
      ]);
    }
  });

  test('a key that is a string names a key object: an API property as text, in hexadecimal, or as a JWK', async () => {
    const key = randomBytes(24).toString('hex');
    const jwk = JSON.stringify({ kty: 'oct', k: Buffer.from(key).toString('base64url') });
    const hex = `0x${Buffer.from(key).toString('hex')}`;
    const answer = await value(
      "return ['plain', 'name:plain', 'hex', 'jwk'].map((name) => crypto.createHmac('sha256', name).update('x').digest('hex'));",
      null,
      { plain: key, hex, jwk },
    );
    expect(answer).toEqual(Array(4).fill(createHmac('sha256', key).update('x').digest('hex')));
  });

  test('the trace shows each key object once, as the property that it is', async () => {
    const { trace } = await scripts.run(
      `${CRYPTO}\ncrypto.createHmac('sha1', 'Alice').update('x').digest('hex');\ncrypto.createHmac('sha1', 'Alice').digest();`,
      { variables: { api: { properties: { Alice: 'secret' } } } },
    );
    expect(trace).toEqual([{ operation: 'get', name: 'api.properties.Alice', value: 'secret', line: 2 }]);
  });

  test('a name that no key object has fails at its line, and says how to make one', async () => {
    const { name, message, line } = await error("crypto.createHmac('sha256', 'nobody')");
    expect({ name, line }).toEqual({ name: 'Error', line: 2 });
    expect(message).toContain('crypto.createHmac: there is no key object "nobody"');
    expect(message).toContain('API property');
  });

  test.each([
    ["crypto.createHash('sha3')", 'crypto.createHash: unknown algorithm "sha3"; expected one of md5, sha1'],
    [
      "crypto.createHmac('sha256')",
      'crypto.createHmac: the key is undefined; expected the name of a key object',
    ],
    [
      "crypto.createHmac('sha256', {kty: 'RSA'})",
      'crypto.createHmac: the key is a JWK of type "RSA"; expected a shared secret',
    ],
    [
      "crypto.createHmac('sha256', {kty: 'oct', toJSON: function () {}})",
      'crypto.createHmac: the JWK is "undefined"',
    ],
    ["crypto.createHmac('sha256', Buffer.from('-----BEGIN X-----'))", 'so no shared secret'],
    ["crypto.createHmac('sha256', Buffer.alloc(0))", 'crypto.createHmac: the key is empty'],
    ["crypto.createHash('sha1').update(7)", 'Hash.update: the data is number; expected a string or a Buffer'],
    ["crypto.createHash('sha1').update('a', 'utf9')", "Hash.update: unknown encoding 'utf9'"],
    [
      'var h = crypto.createHash("sha1"); for (var i = 0; i < 5; i += 1) h.update("a".repeat(1 << 20)); h.digest()',
      'Hash.digest: 5242880 bytes; at most 4194304',
    ],
    ["crypto.pbkdf2('a')", 'crypto.pbkdf2: there is no such member; crypto has createHash, createHmac'],
  ])('%s fails by name', async (script, expected) => {
    const { message, line } = await error(script);
    expect(message).toContain(expected);
    expect(line).toBe(2);
  });
});

describe('signatures', () => {
  test('made in a script verify in Node, and the other way round', async () => {
    for (const [algorithm, digest, keys, key] of [
      ['rsa-sha256', 'sha256', rsa, pem.rsa],
      ['RSA-SHA512', 'sha512', rsa, pem.rsa],
      ['sha1', 'sha1', rsa, pem.rsa],
      ['ecdsa-sha384', 'sha384', ec, pem.ec],
    ] as const) {
      const text = someText();
      const theirs = createSign(digest).update(text).sign(keys.privateKey, 'hex');
      const altered = (theirs[0] === '0' ? '1' : '0') + theirs.slice(1);
      const answer = await value(
        `var verify = (signature) => crypto.createVerify(input.algorithm).update(input.text).verify('Alice', signature, 'hex');
         return [crypto.createSign(input.algorithm).update(input.text).sign('Alice', 'base64'), verify(input.theirs), verify(input.altered), verify('')];`,
        { algorithm, text, theirs, altered },
        { Alice: key },
      );
      if (!Array.isArray(answer)) throw new Error('expected a list');
      const [mine, ...verdicts] = answer;
      expect(createVerify(digest).update(text).verify(keys.publicKey, String(mine), 'base64')).toBe(true);
      expect(verdicts).toEqual([true, false, false]);
    }
  });

  test('keys come as PEM in a Buffer, as a JWK, and with a passphrase', async () => {
    const passphrase = randomBytes(9).toString('hex');
    const encrypted = rsa.privateKey
      .export({ type: 'pkcs1', format: 'pem', cipher: 'aes-256-cbc', passphrase })
      .toString();
    const answer = await value(
      `var keys = [Buffer.from(input.pem), input.jwk, { key: Buffer.from(input.encrypted), passphrase: input.passphrase }];
       return keys.map((key) => crypto.createSign('rsa-sha256').update('x').sign(key, 'hex'));`,
      { pem: pem.rsa, jwk: rsa.privateKey.export({ format: 'jwk' }), encrypted, passphrase },
    );
    expect(answer).toEqual(Array(3).fill(createSign('sha256').update('x').sign(rsa.privateKey, 'hex')));
  });

  test.each([
    [
      "crypto.createSign('rsa-sha256').sign(Buffer.from(input.slow))",
      'Sign.sign: the key is no RSA key: its primes are too long',
    ],
    [
      "crypto.createSign('rsa-sha257')",
      'crypto.createSign: unknown algorithm "rsa-sha257"; expected one of rsa-sha1',
    ],
    ["crypto.createSign('rsa-sha256').sign(input.rsa)", 'Sign.sign: there is no key object "-----BEGIN'],
    ["crypto.createSign('rsa-sha256').sign(Buffer.from('secret'))", 'Sign.sign: the key is not in PEM'],
    [
      "crypto.createSign('rsa-sha256').sign(Buffer.from(input.rsaPublic))",
      'Sign.sign: the key is public; expected an RSA or EC private key',
    ],
    [
      "crypto.createSign('rsa-sha256').sign(Buffer.from(input.ec))",
      'Sign.sign: the key is for ECDSA; rsa-sha256 wants one for RSA',
    ],
    ["crypto.createSign('rsa-sha256').sign(Buffer.from(input.locked))", 'which the lab does not open'],
    ["crypto.createSign('rsa-sha256').sign(Buffer.from(input.broken))", 'Sign.sign: the key cannot be read'],
    [
      "crypto.createVerify('rsa-sha256').verify(input.huge, '')",
      'Verify.verify: the key has 8192 bits; the lab takes at most 4096',
    ],
    [
      "crypto.createVerify('rsa-sha256').verify(input.edwards, '')",
      'Verify.verify: the key is of type ed25519; expected RSA or EC',
    ],
    [
      "crypto.createVerify('rsa-sha256').verify({kty: 'RSA', n: 'A'.repeat(5000), e: 'AQAB'}, '')",
      'at most 4096',
    ],
    [
      "crypto.createVerify('rsa-sha256').verify(Buffer.from(input.rsaPublic), 7)",
      'Verify.verify: the signature is number',
    ],
    [
      "var s = crypto.createSign('sha1'); s.sign(Buffer.from(input.rsa)); s.update('x')",
      'Sign.update: sign has been called already',
    ],
  ])('%s fails by name', async (script, expected) => {
    const { message } = await error(script, {
      ...pem,
      slow: slowKey(900),
      locked: rsa.privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'x' }),
      broken: `-----BEGIN PRIVATE KEY-----\n${randomBytes(90).toString('base64')}\n-----END PRIVATE KEY-----`,
      huge: {
        kty: 'RSA',
        n: Buffer.concat([Buffer.from([0x80]), randomBytes(1023)]).toString('base64url'),
        e: 'AQAB',
      },
      edwards: generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }),
    });
    expect(message).toContain(expected);
  });

  test('a public key is taken out of a certificate', async () => {
    const { generate } = await import('selfsigned');
    const { cert, private: privatePem } = await generate([{ name: 'commonName', value: 'lab' }], {
      keySize: 2048,
    });
    const text = someText();
    const signature = createSign('sha256').update(text).sign(privatePem, 'base64');
    expect(createPublicKey(cert).asymmetricKeyType).toBe('rsa');
    const script =
      "return crypto.createVerify('rsa-sha256').update(input.text).verify('Cert', input.signature, 'base64');";
    expect(await value(script, { text, signature }, { Cert: cert })).toBe(true);
    expect(await value(script, { text: `${text}!`, signature }, { Cert: cert })).toBe(false);
  });
});

describe('random bytes', () => {
  test('are as many as asked for, and others each time; a callback gets them later', async () => {
    const size = randomInt(8, 64);
    const { console } = await scripts.run(
      `${CRYPTO} console.log('%s', crypto.randomBytes(${size}).toString('hex'));
       crypto.randomBytes(${size}, (error, bytes) => console.log('%s %s', error, bytes.toString('hex'))); console.log('%s', 'end');`,
    );
    const [first, end, second] = console.map(({ text }) => text);
    expect(end).toBe('end');
    expect(first).toMatch(new RegExp(`^[0-9a-f]{${size * 2}}$`));
    expect(second).toMatch(new RegExp(`^null [0-9a-f]{${size * 2}}$`));
    expect(second).not.toContain(first);
  });

  test.each(['-1', '1.5', '65537', 'NaN', '"8"', '{}'])('%s of them is refused', async (size) => {
    const { name, message } = await error(`crypto.randomBytes(${size})`);
    expect(name).toBe('RangeError');
    expect(message).toContain('crypto.randomBytes: the size is');
  });
});
