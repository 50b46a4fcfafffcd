import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createSecureServer, type IncomingHttpHeaders } from 'node:http2';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, onTestFinished, test } from 'vitest';
import { loadCertificate } from '../../gateway/certificate.ts';
import { runCommand, surroundingsAt } from '../terminal.fixture.ts';
import { curl } from './curl.ts';

/** A server that offers HTTP/2 first, and answers with the body that it got. */
async function startHttp2() {
  const folder = mkdtempSync(join(tmpdir(), 'h2-'));
  const server = createSecureServer({ ...(await loadCertificate(folder, [])), allowHTTP1: true });
  const asked: { headers: IncomingHttpHeaders; version: string }[] = [];
  server.on('request', async (request, response) => {
    asked.push({ headers: request.headers, version: request.httpVersion });
    response.writeHead(201, { 'X-Answer': ['a', 'b'] });
    response.end(await text(request));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });
  const address = server.address();
  return { port: typeof address === 'object' && address !== null ? address.port : 0, asked };
}

const run = async (options: string, port: number) => {
  const running = runCommand(
    curl,
    `-k ${options} https://localhost:${port}/maple-heron/sandbox/x`,
    surroundingsAt(port),
  );
  return { exit: await running.exit, ...running.printed };
};

test('where HTTP/2 is offered it is taken: no reason, names in lower case, and no Upgrade', async () => {
  const { port, asked } = await startHttp2();
  const body = randomBytes(5).toString('hex');
  const { exit, stdout } = await run(
    `-i -d ${body} -H 'Connection: Upgrade' -H 'Upgrade: websocket' -H 'X-Mine: 1'`,
    port,
  );
  expect(exit).toBe(0);
  expect(stdout).toMatch(/^HTTP\/2 201 \nx-answer: a\nx-answer: b\n/);
  expect(stdout.endsWith(`\n\n${body}`)).toBe(true);
  expect(asked[0]).toMatchObject({
    version: '2.0',
    headers: { ':authority': `localhost:${port}`, 'user-agent': 'curl/7.88.1', 'x-mine': '1' },
  });
  expect(asked[0]?.headers.upgrade).toBeUndefined();
});

test('with --http1.1 it is not, and -v tells both', async () => {
  const { port, asked } = await startHttp2();
  const { stderr } = await run('-v --http1.1', port);
  expect(stderr).toContain('* ALPN: offers http/1.1\n');
  expect(stderr).toContain('* using HTTP/1.1\n');
  expect((await run('-v', port)).stderr).toContain('* ALPN: server accepted h2\n');
  expect(asked.map(({ version }) => version)).toEqual(['1.1', '2.0']);
});
