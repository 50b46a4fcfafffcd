// What the tests of terminals share: a started lab, and a terminal as the page has one.
import { once } from 'node:events';
import { expect, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { startServer } from '../server.ts';
import { type TerminalResponse, terminalResponseSchema } from './terminal-messages.ts';
import { definition, newSandbox, testConfig } from './testing.ts';

/** Milliseconds for what takes one on an idle machine. */
export const patient = { timeout: 20_000 };

/** A lab with one sandbox, and where its terminal is. */
export async function startedWithTerminal(settings: Record<string, string> = {}) {
  const server = await startServer(testConfig({ DRAIN_SECONDS: '1', ...settings }));
  onTestFinished(() => server.close());
  const sandbox = await newSandbox(server.lab);
  const url = `ws://127.0.0.1:${server.ports.page}${sandbox.path}/terminal`;
  const own = `wss://127.0.0.1:${server.ports.gateway}/${sandbox.organization}/sandbox`;
  return {
    server,
    sandbox,
    url,
    own,
    async deploy(name: string, script?: string) {
      const response = await server.lab.app.request(`${sandbox.path}/apis/${name}`, {
        method: 'PUT',
        headers: { ...sandbox.bearer, host: 'localhost', 'content-type': 'application/yaml' },
        body: definition({ basePath: `/${name}`, ...(script === undefined ? {} : { script }) }),
      });
      expect(response.status).toBe(200);
    },
  };
}

/** A terminal as the page has one. */
export async function openTerminal(url: string, token: string) {
  const socket = new WebSocket(url, [token]);
  const messages: TerminalResponse[] = [];
  onTestFinished(() => socket.terminate());
  socket.on('error', () => {});
  socket.on('message', (data) => messages.push(terminalResponseSchema.parse(JSON.parse(String(data)))));
  await once(socket, 'open');
  const printed = (stream: string) =>
    messages
      .flatMap((message) => (message.type === 'output' && message.stream === stream ? [message.text] : []))
      .join('');
  return {
    socket,
    messages,
    printed,
    send: (message: unknown) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    until: (stream: string, part: string) => expect.poll(() => printed(stream), patient).toContain(part),
    exit: (code: number) => expect.poll(() => messages.at(-1), patient).toEqual({ type: 'exit', code }),
    errors: () => messages.flatMap((message) => (message.type === 'error' ? [message.error.code] : [])),
  };
}
