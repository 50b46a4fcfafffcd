// The document tells what the interface really answers.
import { expect, test } from 'vitest';
import { z } from 'zod';
import { testLab } from './testing.ts';

const documentSchema = z.object({
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        responses: z.record(z.string(), z.object({ headers: z.record(z.string(), z.unknown()).optional() })),
      }),
    ),
  ),
});
async function describedOperations() {
  const answer = await testLab().app.request('/openapi.json');
  const { paths } = documentSchema.parse(await answer.json());
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { responses }]) => ({ name: `${method} ${path}`, responses })),
  );
}

test('every answer that asks to come again later has Retry-After', async () => {
  const later = (await describedOperations()).flatMap(({ name, responses }) =>
    Object.entries(responses)
      .filter(([status]) => status === '429' || status === '503')
      .map(([status, { headers = {} }]) => `${name} ${status} ${Object.keys(headers).join()}`),
  );
  expect(later).not.toEqual([]);
  for (const line of later) expect(line).toMatch(/ Retry-After$/);
});

test('a name that is none is described where it is answered with 400', async () => {
  const deed = (await describedOperations()).find(
    ({ name }) => name === 'delete /api/sandboxes/{organization}/apis/{name}',
  );
  expect(Object.keys(deed?.responses ?? {})).toContain('400');
});
