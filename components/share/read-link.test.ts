import { randomBytes, randomUUID } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LINK_MAX } from './bounds.ts';
import { makeLink } from './make-link.ts';
import { readLink } from './read-link.ts';
import type { SharedWork } from './shared-work.ts';
import { isShared } from './signs.ts';

const lab = 'https://lab.example.com';
const text = fc.string({ unit: 'grapheme', maxLength: 200 });
const request = fc.record({
  method: fc.string({ maxLength: 20 }),
  path: text,
  headerLines: text,
  body: text,
});
const works = fc
  .record({ script: text, request, definition: text, server: text }, { requiredKeys: [] })
  .filter((work) => Object.keys(work).length > 0);

const fragmentOf = (link: string) => new URL(link).hash.slice(1);
/** A link that this lab would not make. */
const forged = (content: string | Buffer, version = '1') =>
  `share=${version}.${deflateRawSync(content).toString('base64url')}`;
const problemOf = (fragment: string) =>
  readLink(fragment).then(
    () => 'read',
    (problem) => problem.code,
  );

test('a link gives back the very work, in letters that no chat breaks', async () => {
  await fc.assert(
    fc.asyncProperty(works, async (work) => {
      const link = await makeLink(work, lab);
      expect(link).toMatch(/^https:\/\/lab\.example\.com\/playground\/#share=1\.[\w-]+$/);
      expect(isShared(fragmentOf(link))).toBe(true);
      expect(await readLink(fragmentOf(link))).toEqual(work);
    }),
  );
});

test('a link that chats would cut is not made, and what to do instead is said', async () => {
  const noise = (length: number): SharedWork => ({ script: randomBytes(length / 2).toString('hex') });
  expect((await makeLink(noise(40_000), lab)).length).toBeLessThanOrEqual(LINK_MAX);
  await expect(makeLink(noise(60_000), lab)).rejects.toMatchObject({
    code: 'link-too-long',
    hint: expect.stringContaining('Take it home'),
  });
});

test('a text that no lab would take is refused at both ends, however few letters it needs', async () => {
  const script = ' '.repeat(65_537);
  await expect(makeLink({ script }, lab)).rejects.toMatchObject({ code: 'link-too-long' });
  expect(await problemOf(forged(JSON.stringify({ script })))).toBe('link-broken');
});

test('a link that is cut, or changed in one letter, is never read as something else', async () => {
  const work = { script: `var id = '${randomUUID()}';\n`.repeat(4), definition: randomUUID() };
  const fragment = fragmentOf(await makeLink(work, lab));
  for (let length = 'share='.length; length < fragment.length; length += 1) {
    expect(await problemOf(fragment.slice(0, length)), String(length)).toBe('link-broken');
  }
  for (const more of ['.', ')', '&a=b', ' ', '%20', '#']) {
    expect(await problemOf(fragment + more), more).toBe('link-broken');
  }
});

test('whatever stands after the # is read, or refused in a sentence', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string(), fc.base64String(), async (any, letters) => {
      for (const fragment of [any, `share=${any}`, `share=1.${letters}`]) {
        const problem = await readLink(fragment).catch((thrown) => thrown);
        expect(['link-broken', 'link-newer']).toContain(problem.code);
      }
    }),
  );
});

test.each([
  ['no JSON', '{"script":'],
  ['no object', '"script"'],
  ['nothing', '{}'],
  ['a part that this version does not know', '{"script":"a","token":"b"}'],
  ['a part of another kind', '{"script":5}'],
  ['a request without its headers', '{"request":{"method":"GET","path":"/","body":""}}'],
  ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0x7d])],
])('%s is no work', async (_, content) => {
  expect(await problemOf(forged(content))).toBe('link-broken');
});

test('a link of a newer lab says so, and one of no version is broken', async () => {
  const content = JSON.stringify({ script: 'a' });
  expect(await problemOf(forged(content, '1'))).toBe('read');
  expect(await problemOf(forged(content, '2'))).toBe('link-newer');
  expect(await problemOf(forged(content, '0'))).toBe('link-broken');
  expect(await problemOf(forged(content, ''))).toBe('link-broken');
});

test('a few letters that would become gigabytes are let go after the first megabyte', async () => {
  // 20 MB in as many letters as a link may have.
  const bomb = forged(`{"script":"${' '.repeat(20_000_000)}"}`);
  expect(bomb.length).toBeLessThan(LINK_MAX);
  expect(await problemOf(bomb)).toBe('link-broken');
});
