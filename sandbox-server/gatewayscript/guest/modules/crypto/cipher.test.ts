// What `createCipheriv` and `createDecipheriv` promise: the ten algorithms of IBM documentation, and no silent wrong answer.
import { type CipherGCMTypes, createCipheriv, createDecipheriv, randomBytes, randomInt } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Scripts, startScripts } from '../script-value.ts';

/** Bytes of the key, and what Node calls it where it has it. */
const ALGORITHMS = [
  ['aes128-cbc', 16, 'aes-128-cbc'],
  ['aes192-cbc', 24, 'aes-192-cbc'],
  ['aes256-cbc', 32, 'aes-256-cbc'],
  ['tripledes-cbc', 24, 'des-ede3-cbc'],
  ['A128GCM', 16, 'aes-128-gcm'],
  ['A192GCM', 24, 'aes-192-gcm'],
  ['A256GCM', 32, 'aes-256-gcm'],
  ['A128CBC-HS256', 32, null],
  ['A192CBC-HS384', 48, null],
  ['A256CBC-HS512', 64, null],
] as const;

let scripts: Scripts;
beforeAll(() => {
  scripts = startScripts();
});
afterAll(() => scripts.close());

const isGcm = (node: string): node is CipherGCMTypes => node.endsWith('gcm');
const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex');
const PRELUDE = `var crypto = require('crypto'), hex = (text) => Buffer.from(text, 'hex'), key = hex(input.key);
  function encrypted(algorithm, text, aad, iv) {
    var cipher = crypto.createCipheriv(algorithm, key, iv);
    if (aad !== undefined) cipher.setAAD(hex(aad));
    var data = cipher.update(text).final('hex');
    return { iv: cipher.getIV().toString('hex'), data: data, tag: aad === undefined ? null : cipher.getAuthTag().toString('hex') };
  }
  function decrypted(algorithm, part) {
    var decipher = crypto.createDecipheriv(algorithm, key, hex(part.iv));
    if (part.aad !== undefined) decipher.setAAD(hex(part.aad)).setAuthTag(hex(part.tag));
    decipher.update(part.data, 'hex');
    return decipher.final('utf8');
  }`;

async function run(script: string, input: object): Promise<{ [name: string]: string }> {
  const answer = await scripts.value(`${PRELUDE} ${script}`, input);
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer))
    throw new Error('expected an object');
  return Object.fromEntries(Object.entries(answer).map(([name, each]) => [name, String(each)]));
}

test.each(ALGORITHMS)(
  'what %s encrypts, it decrypts, with a fresh IV each time',
  async (algorithm, keyBytes) => {
    const authenticated = algorithm.startsWith('A');
    const text = randomBytes(randomInt(0, 100)).toString('base64');
    const aad = authenticated ? randomBytes(11).toString('hex') : undefined;
    const answer = await run(
      `var part = encrypted(input.algorithm, input.text, input.aad), other = encrypted(input.algorithm, input.text, input.aad);
     return { text: decrypted(input.algorithm, Object.assign({ aad: input.aad }, part)), same: part.iv === other.iv || part.data === other.data && input.text !== '' };`,
      { key: randomBytes(keyBytes).toString('hex'), algorithm, text, aad },
    );
    expect(answer).toEqual({ text, same: 'false' });
  },
);

test('CBC and GCM are those of Node, both ways', async () => {
  for (const [algorithm, keyBytes, node] of ALGORITHMS) {
    if (node === null) continue;
    const [key, aad] = [randomBytes(keyBytes), randomBytes(7)];
    const iv = randomBytes(isGcm(node) ? 12 : node === 'des-ede3-cbc' ? 8 : 16);
    const text = randomBytes(randomInt(1, 90)).toString('base64');
    const gcm = isGcm(node) ? createCipheriv(node, key, iv).setAAD(aad) : null;
    const cipher = gcm ?? createCipheriv(node, key, iv);
    const data = Buffer.concat([cipher.update(text), cipher.final()]).toString('hex');
    const tag = gcm?.getAuthTag().toString('hex');
    const input = {
      key: key.toString('hex'),
      iv: iv.toString('hex'),
      data,
      algorithm,
      text,
      ...(gcm && { aad: aad.toString('hex'), tag }),
    };
    const answer = await run(
      'return Object.assign({ text: decrypted(input.algorithm, input) }, encrypted(input.algorithm, input.text, input.aad, hex(input.iv)));',
      input,
    );
    expect(answer).toMatchObject({ text, data });
    if (gcm) expect(answer.tag).toBe(tag);
  }
});

test('A128CBC-HS256 gives the vector of RFC 7518 appendix B.1', async () => {
  const input = {
    key: hex(
      '00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f 10 11 12 13 14 15 16 17 18 19 1a 1b 1c 1d 1e 1f',
    ).toString('hex'),
    iv: '1af38c2dc2b96ffdd86694092341bc04',
    aad: Buffer.from('The second principle of Auguste Kerckhoffs').toString('hex'),
    text: 'A cipher system must not be required to be secret, and it must be able to fall into the hands of the enemy without inconvenience',
  };
  const answer = await run("return encrypted('A128CBC-HS256', input.text, input.aad, hex(input.iv));", input);
  expect(answer.tag).toBe('652c3fa36b0a7c5b3219fab3a30bc1c4');
  expect(answer.data).toMatch(/^c80edfa32ddf39d5ef00c0b468834279/);
});

test.each(['A256GCM', 'A256CBC-HS512'])(
  '%s: whoever changed data, AAD, tag or IV is found out',
  async (algorithm) => {
    for (const part of ['data', 'aad', 'tag', 'iv']) {
      const { error } = await scripts.run(
        `var input = ${JSON.stringify({ key: randomBytes(algorithm === 'A256GCM' ? 32 : 64).toString('hex') })}; ${PRELUDE}
       var aad = '${randomBytes(5).toString('hex')}';
       var part = Object.assign({ aad: aad }, encrypted('${algorithm}', 'plain text', aad));
       part.${part} = (part.${part}[0] === '0' ? '1' : '0') + part.${part}.slice(1);
       decrypted('${algorithm}', part);`,
      );
      expect(error?.message).toContain('Decipher.final: the authentication tag does not fit');
    }
  },
);

test('the published use: a key object by name, update without its output, all of it from final', async () => {
  const secret = randomBytes(16).toString('hex');
  const text = randomBytes(40).toString('base64');
  const { variables, error } = await scripts.run(
    `var crypto = require('crypto'); var iv = crypto.randomBytes(16);
     var cipher = crypto.createCipheriv('aes256-cbc', 'shared', iv);
     cipher.update(context.get('text').slice(0, 9)); cipher.update(context.get('text').slice(9));
     context.set('iv', iv.toString('hex')); context.set('data', cipher.final().toString('hex'));`,
    { variables: { text, api: { properties: { shared: secret } } } },
  );
  expect(error).toBeNull();
  const decipher = createDecipheriv('aes-256-cbc', secret, hex(String(variables.iv)));
  expect(decipher.update(String(variables.data), 'hex', 'utf8') + decipher.final('utf8')).toBe(text);
});

test.each([
  [
    "crypto.createCipheriv('aes-256-cbc', key)",
    'crypto.createCipheriv: unknown algorithm "aes-256-cbc"; expected one of aes128-cbc',
  ],
  ["crypto.createCipheriv('aes256-cbc', 'nobody')", 'crypto.createCipheriv: there is no key object "nobody"'],
  ["crypto.createCipheriv('aes256-cbc', key, Buffer.alloc(8))", 'the IV has 8 bytes; aes256-cbc wants 16'],
  ["crypto.createCipheriv('aes256-cbc', key, 'iv')", 'the IV is string; expected a Buffer'],
  [
    "crypto.createCipheriv('aes128-cbc', key).final()",
    'Cipher.final: the key has 32 bytes; aes128-cbc wants 16',
  ],
  ["crypto.createDecipheriv('aes256-cbc', key)", 'crypto.createDecipheriv: the IV is undefined'],
  [
    "crypto.createDecipheriv('aes256-cbc', key, Buffer.alloc(16)).update('ab', 'hex').final()",
    'Decipher.final: the data does not decrypt',
  ],
  [
    "crypto.createDecipheriv('A256GCM', key, Buffer.alloc(12)).final()",
    'wants an authentication tag of 16 bytes, and 0 were set',
  ],
  [
    "crypto.createCipheriv('aes256-cbc', key).update('a', 'utf8', 'hex')",
    "Cipher.update: on the gateway update gives no output; call Cipher.final('hex')",
  ],
  ["crypto.createCipheriv('aes256-cbc', key).setAAD(key)", 'Cipher.setAAD: aes256-cbc authenticates nothing'],
  ["crypto.createCipheriv('A256GCM', key).getAuthTag()", 'Cipher.getAuthTag: there is no tag yet'],
  [
    "var c = crypto.createCipheriv('A256GCM', key); c.final(); c.final()",
    'Cipher.final: final has been called already',
  ],
])('%s fails by name', async (script, expected) => {
  const input = { key: randomBytes(32).toString('hex') };
  const { message } = await scripts.error(`${PRELUDE}\n${script}`, input);
  expect(message).toContain(expected);
});
