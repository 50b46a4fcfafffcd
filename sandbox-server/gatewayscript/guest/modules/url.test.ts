// `require('url')` takes URLs apart as Node 8.9.4's module does: its recorded answers for odd ones, today's Node for fresh random ordinary ones.
import { readFileSync } from 'node:fs';
import { domainToASCII, domainToUnicode, format, parse, resolve } from 'node:url';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Scripts, startScripts } from './script-value.ts';

let scripts: Scripts;
beforeAll(() => {
  scripts = startScripts();
});
afterAll(() => scripts.close());

const word = fc.string({ unit: fc.constantFrom(...'abcxyz019-_~'), minLength: 1, maxLength: 6 });
const host = fc
  .string({ unit: fc.constantFrom(...'abcxyzäéñ中'), minLength: 1, maxLength: 8 })
  .map((name) => `${name}.example`);
const urlText = fc
  .tuple(
    fc.constantFrom('http', 'https', 'ws', 'wss', 'ftp'),
    fc.option(fc.tuple(word, word)),
    host,
    fc.option(fc.integer({ min: 1, max: 65_535 })),
    fc.array(word, { maxLength: 3 }),
    fc.array(fc.tuple(word, word), { maxLength: 3 }),
    fc.option(word),
  )
  .map(([protocol, user, name, port, path, query, hash]) => {
    const search = query.map((pair) => pair.join('=')).join('&');
    return `${protocol}://${user ? `${user.join(':')}@` : ''}${name}${port ? `:${port}` : ''}/${path.join('/')}${search && `?${search}`}${hash ? `#${hash}` : ''}`;
  });
const plain = (value: unknown) => JSON.parse(JSON.stringify(value));

describe('parse, format and resolve', () => {
  const row = z.object({
    url: z.string(),
    other: z.string(),
    parsed: z.record(z.string(), z.unknown()).nullable(),
    resolved: z.string().nullable(),
  });
  const lines = readFileSync(new URL('./url/url.node-8.jsonl', import.meta.url), 'utf8')
    .trim()
    .split('\n');
  const recorded = lines.map((line) => row.parse(JSON.parse(line)));

  test(`${recorded.length} odd URLs come apart as in Node 8.9.4`, async () => {
    const script = `var url = require('url'); function attempt(f) { try { return f() } catch (error) { return null } }
      return input.map(function (row) { return { url: row.url, other: row.other,
        parsed: attempt(function () { return url.parse(row.url, true) }), resolved: attempt(function () { return url.resolve(row.url, row.other) }) } })`;
    expect(await scripts.value(script, recorded)).toEqual(recorded);
  });

  test('random URLs come apart and together as in Node', async () => {
    const urls = fc.sample(urlText, 200);
    const script = `var url = require('url'); return input.map(function (text) { return [url.parse(text), url.parse(text, true).query, url.format(url.parse(text))] })`;
    expect(await scripts.value(script, urls)).toEqual(
      plain(urls.map((text) => [parse(text), parse(text, true).query, format(parse(text))])),
    );
  });

  test('random links lead where they lead in Node', async () => {
    const link = fc
      .array(fc.constantFrom('..', '.', 'a', 'b', ''), { maxLength: 6 })
      .map((parts) => parts.join('/'));
    // Node 8 did not yet know that ws has a host.
    const from = urlText.filter((text) => !text.startsWith('ws'));
    const pairs = fc.sample(fc.tuple(from, link), 200);
    expect(
      await scripts.value(
        `return input.map(function (pair) { return require('url').resolve(pair[0], pair[1]) })`,
        pairs,
      ),
    ).toEqual(pairs.map(([source, to]) => resolve(source, to)));
  });

  test('a URL is put together from what parts there are', async () => {
    const script = `var url = require('url'); return [url.format({ protocol: 'wss', hostname: '::1', port: 9443, pathname: 'a#b', query: { x: [1, 2] }, hash: 'z' }), url.format({ host: 'h', auth: 'a:b c', search: 'q' })]`;
    expect(await scripts.value(script)).toEqual(['wss:[::1]:9443a%23b?x=1&x=2#z', 'a:b%20c@h?q']);
  });

  test('what is no URL is refused', async () => {
    expect(await scripts.error(`\n require('url').parse(5)`)).toMatchObject({
      name: 'TypeError',
      message: 'Parameter "url" must be a string, not number',
      line: 2,
    });
    expect(await scripts.error(`\n require('url').format(null)`)).toMatchObject({
      message: 'Parameter "urlObj" must be an object, not null',
    });
    expect(await scripts.error(`\n require('url').parse('http://a%:b@c')`)).toMatchObject({
      name: 'URIError',
      message: 'URI malformed',
      line: 2,
    });
  });
});

describe('URL and URLSearchParams', () => {
  const members = [
    'href',
    'origin',
    'protocol',
    'username',
    'password',
    'host',
    'hostname',
    'port',
    'pathname',
    'search',
    'hash',
  ] as const;

  test('random URLs have the parts that the standard says', async () => {
    const urls = fc.sample(urlText, 150);
    const script = `var URL = require('url').URL; return input[0].map(function (text) { var url = new URL(text); return input[1].map(function (member) { return url[member] }) })`;
    expect(await scripts.value(script, [urls, members])).toEqual(
      urls.map((text) => members.map((member) => new URL(text)[member])),
    );
  });

  test('a part that is set changes the whole', async () => {
    const script = `var URL = require('url').URL; var url = new URL('../c?x=1', 'http://example.org/a/b'); url.protocol = 'https'; url.host = 'other.example:444'; url.pathname = 'q w'; url.hash = 'z';
      url.searchParams.append('y', 'a b'); url.searchParams.delete('x'); var first = url.href; url.search = '?n=1&n=2'; url.port = 'none';
      return [first, String(url), url.searchParams.getAll('n'), JSON.stringify({ url: url })]`;
    const last = 'https://other.example:444/q%20w?n=1&n=2#z';
    expect(await scripts.value(script)).toEqual([
      'https://other.example:444/q%20w?y=a+b#z',
      last,
      ['1', '2'],
      `{"url":"${last}"}`,
    ]);
  });

  test('random pairs are kept, sorted and written as the standard says', async () => {
    const lists = fc.sample(
      fc.array(fc.tuple(fc.string({ maxLength: 4 }), fc.string({ unit: 'grapheme', maxLength: 4 })), {
        maxLength: 6,
      }),
      150,
    );
    const script = `var Params = require('url').URLSearchParams; return input.map(function (pairs) { var params = new Params(pairs); var text = params.toString(); params.sort(); return [text, Array.from(params), Array.from(new Params('?' + text).values())] })`;
    const expected = lists.map((pairs) => {
      const params = new URLSearchParams(pairs);
      const text = params.toString();
      params.sort();
      return [text, [...params], [...new URLSearchParams(text).values()]];
    });
    expect(await scripts.value(script, lists)).toEqual(expected);
  });

  test('how they look in a log', async () => {
    const script = `var url = require('url'); return require('util').inspect(new url.URL('http://u@a.example/b?x=1#y'))`;
    expect(await scripts.value(script)).toBe(
      `URL {\n  href: 'http://u@a.example/b?x=1#y',\n  origin: 'http://a.example',\n  protocol: 'http:',\n  username: 'u',\n  password: '',\n  host: 'a.example',\n  hostname: 'a.example',\n  port: '',\n  pathname: '/b',\n  search: '?x=1',\n  searchParams: URLSearchParams { 'x' => '1' },\n  hash: '#y' }`,
    );
  });

  test('names of hosts, and a URL without some of its parts', async () => {
    const names = fc.sample(host, 50);
    const script = `var url = require('url'); return input.map(function (name) { var ascii = url.domainToASCII(name); return [ascii, url.domainToUnicode(ascii)] })`;
    expect(await scripts.value(script, names)).toEqual(
      names.map((name) => [domainToASCII(name), domainToUnicode(domainToASCII(name))]),
    );
    const formatted = `var url = require('url'); return url.format(new url.URL('https://u:p@bücher.example:8/p?q#h'), { unicode: true, auth: false, fragment: false, search: false })`;
    expect(await scripts.value(formatted)).toBe('https://bücher.example:8/p');
  });

  test('what is no URL is refused, and so is one too long', async () => {
    const invalid = { name: 'TypeError [ERR_INVALID_URL]', message: 'Invalid URL: nope' };
    expect(await scripts.error(`\n new (require('url').URL)('nope')`)).toMatchObject({ ...invalid, line: 2 });
    expect(
      await scripts.error(`var url = new (require('url').URL)('http://a.example');\n url.href = 'nope'`),
    ).toMatchObject({ ...invalid, line: 2 });
    expect(
      await scripts.error(`new (require('url').URL)('http://a.example/' + 'x'.repeat(70000))`),
    ).toMatchObject({ name: 'RangeError', message: expect.stringContaining('at most 65536') });
    const flood = `var params = new (require('url').URLSearchParams)(); for (var i = 0; i < 40; i++) params.append('x', 'y'.repeat(2000));\n params.toString()`;
    expect(await scripts.error(flood)).toMatchObject({ name: 'RangeError', line: 2 });
    expect(await scripts.error(`new (require('url').URLSearchParams)([['a']])`)).toMatchObject({
      message: 'Each query pair must be an iterable [name, value] tuple',
    });
    expect(await scripts.error(`new (require('url').URLSearchParams)('a=1').get()`)).toMatchObject({
      message: 'The "name" argument must be specified',
    });
  });
});
