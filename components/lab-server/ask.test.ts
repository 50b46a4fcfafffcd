import { randomUUID } from 'node:crypto';
import { createServer, type RequestListener, type Server } from 'node:http';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod/mini';
import { ask, type Question } from './ask.ts';
import { LabProblem } from './lab-problem.ts';

const schema = z.object({ word: z.string() });
let server: Server | null = null;
afterEach(() => {
  server?.close();
  server?.closeAllConnections();
  vi.unstubAllGlobals();
});

/** A server of its own on a free port; gives the question to it. */
async function question(listener: RequestListener, rest: Partial<Question> = {}): Promise<Question> {
  const listening = createServer(listener);
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  const address = listening.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return { method: 'POST', path: `http://127.0.0.1:${port}/`, ...rest };
}

const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): RequestListener =>
  (_, response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));

describe('a question to the server', () => {
  test('sends body, type and token, and gives the parsed answer', async () => {
    const [word, token] = [randomUUID(), randomUUID()];
    const asked = await question(
      (request, response) => {
        let body = '';
        request.on('data', (chunk) => {
          body += chunk;
        });
        request.on('end', () =>
          json(200, { word: `${request.headers.authorization} ${request.headers['content-type']} ${body}` })(
            request,
            response,
          ),
        );
      },
      { token, body: { type: 'application/yaml', text: word } },
    );
    expect(await ask(asked, schema, [200])).toEqual({ word: `Bearer ${token} application/yaml ${word}` });
  });

  test('an error of the server comes as its code, sentence and hint, with the seconds to wait', async () => {
    const error = { code: 'too-many', message: randomUUID(), hint: randomUUID() };
    const problem = await ask(
      await question(json(429, { error }, { 'retry-after': '7' })),
      schema,
      [200],
    ).catch((e) => e);
    expect(problem).toBeInstanceOf(LabProblem);
    expect(problem).toMatchObject({ status: 429, retryAfterSeconds: 7, ...error });
  });

  test('a page instead of JSON means that no lab server is there', async () => {
    const asked = await question((_, response) =>
      response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>no'),
    );
    await expect(ask(asked, schema, [200])).rejects.toMatchObject({ code: 'server-away' });
  });

  test('a port where nobody listens means that no lab server is there', async () => {
    const asked = await question(json(200, {}));
    await new Promise((resolve) => server?.close(resolve));
    await expect(ask(asked, schema, [200])).rejects.toMatchObject({ code: 'server-away', status: 0 });
  });

  test('an answer of another shape is told as such', async () => {
    await expect(ask(await question(json(200, { word: 5 })), schema, [200])).rejects.toMatchObject({
      code: 'unexpected-answer',
    });
    await expect(ask(await question(json(500, [])), schema, [200])).rejects.toMatchObject({
      code: 'unexpected-answer',
    });
  });

  test('what was aborted is no problem of the server', async () => {
    const abort = new AbortController();
    const asked = await question(() => abort.abort(), { signal: abort.signal });
    await expect(ask(asked, schema, [200])).rejects.toMatchObject({ name: 'AbortError' });
  });
});
