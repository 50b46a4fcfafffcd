import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { newSandbox, postJson, problemOf, testLab } from './testing.ts';

const blog = `https://${randomUUID()}.example.com`;
const other = `https://${randomUUID()}.example.org`;
const host = 'localhost:4321';
const text = randomUUID();
const script = `console.log('${text}')`;
type Lab = ReturnType<typeof testLab>;

const run = (lab: Lab, origin: string, headers: Record<string, string> = {}) =>
  postJson(lab, '/api/runs', { script }, { host, origin, ...headers });

const preflight = (lab: Lab, path: string, origin: string, asks = 'content-type') =>
  lab.app.request(path, {
    method: 'OPTIONS',
    headers: {
      host,
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': asks,
    },
  });

const allowed = (response: Response) => response.headers.get('access-control-allow-origin');

test('by default no page of another site runs a script, or reads why not', async () => {
  const lab = testLab();
  for (const origin of [blog, 'null']) {
    expect(allowed(await preflight(lab, '/api/runs', origin))).toBeNull();
    const refused = await run(lab, origin);
    expect([refused.status, allowed(refused)]).toEqual([403, null]);
    expect((await problemOf(refused)).code).toBe('foreign-origin');
  }
});

test('a page of a listed site runs a script and reads the answer; no other site does', async () => {
  const lab = testLab({ EMBED_ORIGINS: blog });
  const leave = await preflight(lab, '/api/runs', blog);
  expect(allowed(leave)).toBe(blog);
  expect(leave.headers.get('access-control-allow-methods')).toBe('POST');
  expect(leave.headers.get('vary')).toContain('Origin');
  const answer = await run(lab, blog);
  expect([answer.status, allowed(answer)]).toEqual([200, blog]);
  expect((await answer.json()).console).toEqual([{ level: 'log', text, line: 1 }]);
  for (const origin of [other, `${blog}.evil.example`, 'null', blog.replace('https', 'http')]) {
    expect(allowed(await preflight(lab, '/api/runs', origin))).toBeNull();
    expect((await run(lab, origin)).status).toBe(403);
  }
});

test('with * any page may, one without an origin of its own too', async () => {
  const lab = testLab({ EMBED_ORIGINS: '*' });
  for (const origin of [blog, other, 'null']) {
    const answer = await run(lab, origin);
    expect([answer.status, allowed(answer)]).toEqual([200, origin]);
  }
});

test('such a page has neither token nor cookies, and no other path', async () => {
  const lab = testLab({ EMBED_ORIGINS: '*' });
  const { bearer, path } = await newSandbox(lab);
  const leave = await preflight(lab, '/api/runs', blog, 'authorization,content-type');
  expect(leave.headers.get('access-control-allow-headers')).toBe('Content-Type');
  expect(leave.headers.get('access-control-allow-credentials')).toBeNull();
  const withToken = await run(lab, blog, bearer);
  expect([withToken.status, allowed(withToken)]).toEqual([403, null]);

  const before = lab.directory.count();
  for (const [method, place] of [
    ['POST', '/api/sandboxes'],
    ['PUT', `${path}/apis/a`],
    ['DELETE', `${path}/apis/a`],
    ['POST', `${path}/probes`],
    ['POST', '/api/runs/'],
  ] as const) {
    expect(allowed(await preflight(lab, place, blog)), place).toBeNull();
    const refused = await lab.app.request(place, { method, headers: { host, origin: blog, ...bearer } });
    expect([refused.status, allowed(refused)], place).toEqual([403, null]);
  }
  expect(allowed(await lab.app.request(path, { headers: { host, origin: blog, ...bearer } }))).toBeNull();
  expect(lab.directory.count()).toBe(before);
});

test('a name that only leads to this machine stays refused, whoever may embed', async () => {
  const lab = testLab({ EMBED_ORIGINS: '*' });
  const answer = await postJson(lab, '/api/runs', { script }, { host: 'evil.example', origin: blog });
  expect([answer.status, allowed(answer)]).toEqual([421, null]);
});

test('other sites use up their own share of runs; the reader of the lab runs on, and the page reads when to come again', async () => {
  const lab = testLab({ EMBED_ORIGINS: '*', EMBED_RUNS_PER_MINUTE: '2' });
  expect([(await run(lab, blog)).status, (await run(lab, other)).status]).toEqual([200, 200]);
  const refused = await run(lab, blog);
  expect([refused.status, allowed(refused)]).toEqual([429, blog]);
  expect(refused.headers.get('access-control-expose-headers')).toContain('Retry-After');
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await run(lab, `http://${host}`)).status).toBe(200);
});

test('their runs count among those of the address, too', async () => {
  const lab = testLab({ EMBED_ORIGINS: '*', RUNS_PER_MINUTE: '1' });
  expect([(await run(lab, blog)).status, (await run(lab, blog)).status]).toEqual([200, 429]);
});

test('what another site reads of a run does not tell the address of its visitor', async () => {
  const lab = testLab({ EMBED_ORIGINS: '*', TRUST_PROXY: 'true' });
  const visitor = { 'x-forwarded-for': '198.51.100.77', 'x-forwarded-host': host };
  expect(await (await run(lab, blog, visitor)).text()).not.toContain('198.51.100.77');
  expect(await (await run(lab, `http://${host}`, visitor)).text()).toContain('198.51.100.77');
});

test('an origin of ALLOWED_ORIGINS keeps its token beside those that may embed', async () => {
  const lab = testLab({ EMBED_ORIGINS: '*', ALLOWED_ORIGINS: other });
  const { bearer } = await newSandbox(lab);
  const leave = await preflight(lab, '/api/runs', other, 'authorization,content-type');
  expect(leave.headers.get('access-control-allow-headers')).toContain('authorization');
  const answer = await run(lab, other, bearer);
  expect([answer.status, allowed(answer)]).toEqual([200, other]);
});

test.each(['blog.example.com', 'https://blog.example.com/', 'HTTPS://blog.example.com', 'ftp://a.example'])(
  'a setting that is no origin stops the start: %s',
  (origin) => {
    expect(() => testLab({ EMBED_ORIGINS: origin })).toThrow(/^EMBED_ORIGINS: /);
  },
);
