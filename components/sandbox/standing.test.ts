import { randomUUID } from 'node:crypto';
import { afterEach, expect, test, vi } from 'vitest';
import { standingOf } from './standing.ts';

afterEach(() => vi.unstubAllGlobals());
const own = { organization: `maple ${randomUUID()}`, token: randomUUID(), expiresAt: '', apis: [] };
const error = { error: { code: 'c', message: 'm' } };

test.each([
  [200, {}, 'known'],
  [401, error, 'forgotten'],
  [404, error, 'forgotten'],
  [500, error, 'away'],
] as const)('an answer %i means the sandbox is %j: %s', async (status, body, standing) => {
  const fetched = vi.fn(async () => Response.json(body, { status }));
  vi.stubGlobal('fetch', fetched);
  expect(await standingOf(own)).toBe(standing);
  expect(fetched).toHaveBeenCalledExactlyOnceWith(
    `/api/sandboxes/${encodeURIComponent(own.organization)}`,
    expect.objectContaining({ method: 'GET' }),
  );
});

test('no answer at all is a server that is away', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('fetch failed')));
  expect(await standingOf(own)).toBe('away');
});
