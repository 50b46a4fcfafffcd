// The same script of a server in the lab and in Node with the real `ws`, for the same client of both.
import { once } from 'node:events';
import http from 'node:http';
import { createRequire } from 'node:module';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { nodeConsole } from './node-console.fixture.ts';
import { type TestClient, testClient, testPool, testServers } from './own-server.fixture.ts';

export interface World {
  client(options?: { path?: string; protocols?: string[]; headers?: Record<string, string> }): TestClient;
  /** Status, reason, type and body of the answer to a plain request. */
  fetch(options?: FetchOptions): Promise<string>;
  lines(): string[];
}

interface FetchOptions {
  path?: string;
  method?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** What a client of both worlds gets to see, and what the console has then. */
export type Talk = (world: World) => Promise<unknown>;

/** Listens on 8091. */
async function inLab(script: string): Promise<World> {
  const lab = testServers(testPool().pool);
  await lab.deploy(script);
  return {
    client: lab.client,
    fetch: (options) => fetched({ ...options, createConnection: () => lab.network.connect(8091) }),
    lines: () => lab.lines().map((line) => line.replace(/^\w+ /, '')),
  };
}

/** Every server that listens on 8091 listens on any free port of this machine. */
async function inNode(script: string): Promise<World> {
  const require = createRequire(import.meta.url);
  const lines: string[] = [];
  const console = nodeConsole((line) => lines.push(line));
  const made: http.Server[] = [];
  const sockets = new Set<{ destroy(): void }>();
  const { listen } = http.Server.prototype;
  http.Server.prototype.listen = function (this: http.Server, ...args: unknown[]) {
    made.push(this);
    this.on('connection', (socket) => sockets.add(socket));
    const callback = args.find((each) => typeof each === 'function');
    return Reflect.apply(listen, this, [0, '127.0.0.1', callback]);
  };
  try {
    const run = new Function('require', 'console', 'process', withRequire(script));
    const env = { PORT: '8091' };
    run(require, console, Object.create(process, { env: { value: env } }));
  } finally {
    http.Server.prototype.listen = listen;
  }
  const [server] = made;
  if (!server) throw new Error('the script lets no server listen');
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  if (!server.listening) await once(server, 'listening');
  const { port } = z.object({ port: z.number() }).parse(server.address());
  return {
    lines: () => lines,
    fetch: (options) => fetched({ ...options, port, agent: false }),
    client: ({ path = '/', protocols = [], ...options } = {}) =>
      testClient(new WebSocket(`ws://127.0.0.1:${port}${path}`, protocols, options)),
  };
}

/** Imports as `require`, since the module could not be given another console. */
function withRequire(script: string): string {
  return script.replace(
    /^import (\w*),? ?(\{.*\})? ?from ('.*');$/gm,
    (_import, whole: string, members: string | undefined, name: string) =>
      `${whole && `const ${whole} = require(${name});`} ${members ? `const ${members} = require(${name});` : ''}`,
  );
}

function fetched({ body, ...options }: FetchOptions & http.RequestOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', ...options }, (response) => {
      const chunks: string[] = [];
      response.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
      const { 'content-type': type = '', 'x-made': made = '' } = response.headers;
      response.on('end', () =>
        resolve(`${response.statusCode} ${response.statusMessage} ${type} ${made}\n${chunks.join('')}`),
      );
    });
    request.on('error', reject).end(body);
  });
}

export async function refusalOf({ socket }: TestClient): Promise<string> {
  const [, response] = await once(socket, 'unexpected-response');
  const chunks: string[] = [];
  response.setEncoding('utf8').on('data', (chunk: string) => chunks.push(chunk));
  await once(response, 'end');
  const { 'x-why': why = '' } = response.headers;
  return `${response.statusCode} ${why} ${chunks.join('')}`;
}

/** Each client says something and gets an answer, so that all that came before is done. */
export async function echo(client: TestClient, text: string): Promise<string> {
  client.socket.send(text);
  return client.next();
}

/** A test each: the clients see the same in both worlds, and the consoles tell the same. */
export function testInBoth(talks: Record<string, { script: string; talk: Talk }>): void {
  test.each(Object.entries(talks))('%s', async (_name, { script, talk }) => {
    const [lab, node] = [await inLab(script), await inNode(script)];
    expect(await talk(lab)).toEqual(await talk(node));
    await expect.poll(() => lab.lines(), { interval: 1 }).toEqual(node.lines());
  });
}
