// Client ids over real connections: each sandbox knows its own, before and after a restart.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { expect, onTestFinished, test } from 'vitest';
import { WebSocket } from 'ws';
import { newSandbox, temporaryFolder, testConfig } from './http/testing.ts';
import { type RunningServer, startServer } from './server.ts';

type Sandbox = Awaited<ReturnType<typeof newSandbox>>;

const read = (file: string) => readFileSync(new URL(`gateway/plans/${file}`, import.meta.url), 'utf8');

async function started(settings: Record<string, string>) {
  const server = await startServer(testConfig(settings));
  onTestFinished(() => server.close());
  return server;
}

async function put({ ports }: RunningServer, { path, bearer }: Sandbox, resource: string, body: string) {
  const response = await fetch(`http://127.0.0.1:${ports.page}${path}/${resource}`, {
    method: 'PUT',
    headers: { ...bearer, 'content-type': 'application/yaml' },
    body,
  });
  expect(response.status).toBe(200);
  return response.json();
}

/** Deploys the example; gives the client id that the lab made up. */
async function deploy(server: RunningServer, sandbox: Sandbox): Promise<string> {
  await put(server, sandbox, 'apis/secured', read('websocket-secured.fixture.yaml'));
  const { applications } = await put(
    server,
    sandbox,
    'products/chat',
    read('websocket-product.fixture.yaml'),
  );
  return applications.find(({ name }: { name: string }) => name === 'chat').clientId;
}

/** The first message over TLS, or what the handshake failed with. */
async function connect(
  { ports }: RunningServer,
  { organization }: Sandbox,
  clientId: string,
): Promise<string> {
  const url = `wss://127.0.0.1:${ports.gateway}/${organization}/sandbox/websocket-secured?client_id=${clientId}`;
  const socket = new WebSocket(url, { rejectUnauthorized: false });
  onTestFinished(() => socket.terminate());
  try {
    const [message] = await once(socket, 'message');
    return String(message);
  } catch (error) {
    return error instanceof Error ? error.message : 'unknown';
  }
}

test('a client id opens the APIs of its own sandbox alone, and does so after a restart', async () => {
  const settings = { DATA_DIR: temporaryFolder() };
  const first = await started(settings);
  const [mine, other] = [await newSandbox(first.lab), await newSandbox(first.lab)];
  const [myId, otherId] = [await deploy(first, mine), await deploy(first, other)];
  const welcome = 'Welcome to the WebSocket server!';
  expect(await connect(first, mine, myId)).toBe(welcome);
  expect(await connect(first, other, otherId)).toBe(welcome);
  expect(await connect(first, mine, otherId)).toBe('Unexpected server response: 401');
  await first.close();

  const second = await started(settings);
  expect(await connect(second, mine, myId)).toBe(welcome);
  expect(await connect(second, mine, otherId)).toBe('Unexpected server response: 401');
  await fetch(`http://127.0.0.1:${second.ports.page}${mine.path}/products/chat`, {
    method: 'DELETE',
    headers: mine.bearer,
  });
  expect(await connect(second, mine, myId)).toBe('Unexpected server response: 401');
});
