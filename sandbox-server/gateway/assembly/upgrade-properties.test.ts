import type { IncomingMessage } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { upgradePolicy } from '../started-gateway.fixture.ts';
import { closeTarget, refused, type Target, withTarget } from './one-target.fixture.ts';
import { upgradeProperties } from './upgrade-properties.ts';

/** The requests that a target gets, which answers them by their number; and what the client gets. */
async function asked(
  policy: string,
  query: string,
  {
    rest = '',
    answer = () => 'HTTP/1.1 403 Forbidden',
  }: { rest?: string; answer?: (path: string) => string } = {},
) {
  const requests: IncomingMessage[] = [];
  const onUpgrade: Target['onUpgrade'] = (request, stream) => {
    requests.push(request);
    stream.end(`${answer(request.url ?? '')}\r\nContent-Length: 0\r\n\r\n`);
  };
  const lab = await withTarget({ onUpgrade }, policy, rest);
  const response = await refused(lab, `/maple/sandbox/one${query}`);
  return { lab, requests, paths: requests.map(({ url }) => url), ...response };
}

const redirect = (location: string) => `HTTP/1.1 302 Found\r\nLocation: ${location}`;

describe('the properties of websocket-upgrade', () => {
  afterEach(closeTarget);

  it.each([
    [false, '/rooms/a%2Fb%20c/x%2by?$(api.properties.secret)'],
    [true, '/rooms/a/b%20c/x+y?$(api.properties.secret)'],
  ])('decode-request-params: %s', async (decode, path) => {
    const url =
      '"http://backend:8091/rooms/$(request.parameters.room)/$(request.parameters.b)?$(request.parameters.c)"';
    const { paths } = await asked(
      upgradePolicy(url, [`decode-request-params: ${decode}`, 'parameter-control: {type: allowlist}']),
      '?room=a%2Fb%20c&b=x%2by&c=$(api.properties.secret)',
      { rest: '  properties: {secret: {value: s3cret}}' },
    );
    // What a client writes is never read as a reference.
    expect(paths).toEqual([path]);
  });

  it.each([
    [false, '/rooms/a%2F..%2Fb'],
    [true, '/rooms/b'],
  ])('decode-request-params: %s, for a part of the path', async (decode, path) => {
    const url = '"http://backend:8091/rooms/$(request.parameters.name)"';
    const { paths } = await asked(
      upgradePolicy(url, [`decode-request-params: ${decode}`]),
      '/echo/a%2F..%2Fb',
    );
    expect(paths).toEqual([path]);
  });

  it('a decoded parameter leads nowhere but to the sandbox', async () => {
    const url = '"http://backend$(request.parameters.to)"';
    const { paths, lab } = await asked(
      upgradePolicy(url, ['decode-request-params: true']),
      '?to=%40198.51.100.7%3A8091',
    );
    expect(paths).toEqual([]);
    expect(lab.told('gateway-log').at(-1)?.text).toContain('outside the sandbox');
  });

  it.each([
    [false, '/?own=1+1&a=b+c&d=%2B'],
    [true, '/?own=1%2B1&a=b%2Bc&d=%2B'],
  ])('encode-plus-char: %s', async (encode, path) => {
    const policy = upgradePolicy('http://backend:8091/?own=1+1', [`encode-plus-char: ${encode}`]);
    expect((await asked(policy, '?a=b+c&d=%2B')).paths).toEqual([path]);
  });

  it('a redirect is asked with the query that it names, and with the password only on the same server', async () => {
    const { paths, requests } = await asked(
      upgradePolicy('http://backend:8091', ['follow-redirects: true', 'username: maple', 'password: p']),
      '?a=1',
      {
        answer: (path) =>
          path.startsWith('/?')
            ? redirect('/two?b=2')
            : redirect(path === '/two?b=2' ? 'http://localhost:9000/three' : '/four'),
      },
    );
    expect(paths.slice(0, 4)).toEqual(['/?a=1', '/two?b=2', '/three', '/four']);
    expect(requests.map(({ headers }) => headers.authorization !== undefined).slice(0, 4)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('every property takes $(…), whatever its type, and a wrong value is a PropertyError', async () => {
    const more = [
      'timeout: $(seconds)',
      'follow-redirects: $(api.properties.follow)',
      'username: $(user)',
      'password: $(secret)',
      'header-control: {type: $(kind), values: ["^sec-$(drop-header)"]}',
      'parameter-control: {type: blocklist, values: [$(drop)]}',
    ];
    const rest = (seconds: string) =>
      `  properties: {seconds: {value: '${seconds}'}, follow: {value: 'true'}, user: {value: maple}, secret: {value: s3cret}, drop-header: {value: websocket-ext}, kind: {value: blocklist}, drop: {value: ^b}}`;
    const policy = upgradePolicy('http://backend:8091', more);
    const started = await asked(policy, '?a=1&b=2', {
      rest: rest('5'),
      answer: (path) => (path === '/two' ? 'HTTP/1.1 403 No' : redirect('/two')),
    });
    expect(started.paths).toEqual(['/?a=1', '/two']);
    expect(started.requests[0]?.headers.authorization).toBe(
      `Basic ${Buffer.from('maple:s3cret').toString('base64')}`,
    );
    expect(started.requests[0]?.headers['sec-websocket-extensions']).toBeUndefined();
    await closeTarget();
    const wrong = await asked(policy, '', { rest: rest('soon') });
    expect([wrong.status, wrong.paths]).toEqual([500, []]);
    expect(wrong.lab.told('policy-ended').at(-1)).toMatchObject({
      outcome: 'failed',
      message: expect.stringContaining('timeout'),
    });
  });

  it('a pattern that only the request makes wrong is told, and the target is not asked', async () => {
    const policy = upgradePolicy('http://backend:8091', [
      'header-control: {values: ["$(request.parameters.pattern)"]}',
    ]);
    const { lab, status, paths } = await asked(policy, '?pattern=(');
    expect([status, paths]).toEqual([500, []]);
    expect(lab.told('policy-ended').at(-1)?.message).toContain('websocket-upgrade: header-control');
  });

  it.each([
    ['http://backend:8091', 'is spoken to without TLS'],
    ['https://backend:8091', 'does not check its certificate'],
  ])('tls-profile at %s says what it does here', async (url, sentence) => {
    const { lab } = await asked(upgradePolicy(url, ['tls-profile: mine']), '');
    expect(lab.told('gateway-log').map(({ text }) => text)).toContainEqual(
      expect.stringMatching(new RegExp(`^tls-profile mine.*${sentence}`)),
    );
  });
});

it('every property has its words and its standing', () => {
  expect(upgradeProperties.meta()?.description).toMatch(/\.$/);
  for (const schema of Object.values(upgradeProperties.shape)) {
    expect(schema.meta()).toMatchObject({
      description: expect.stringMatching(/\.$/),
      standing: expect.any(String),
    });
  }
});
