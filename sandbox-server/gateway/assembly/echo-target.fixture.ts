// A gateway for tests whose one target gives every message back, compressed where that is agreed on, with assemblies of the test's for the messages.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import { createWire } from '../../backend/wire.ts';
import {
  definitionText,
  type StartedGateway,
  type StartOptions,
  scriptPolicy,
  startGateway,
} from '../started-gateway.fixture.ts';

export interface EchoLab {
  lab: StartedGateway;
  /** The client, open. */
  socket: WebSocket;
  /** The target's end of the connection. */
  far: WebSocket;
  /** What the target has got, in order. */
  got: { data: Buffer; binary: boolean }[];
}

/** Scripts or, as YAML, policies. */
export interface Assemblies {
  request?: string;
  requestPolicies?: string;
  response?: string;
  /** A script that runs at the handshake. */
  before?: string;
}

let open: { lab: StartedGateway; server: WebSocketServer } | undefined;

/** For `afterEach`: closes the gateway; fails where it logged a fault, or where a connection to the target is left. */
export async function closeEcho(): Promise<void> {
  if (!open) return;
  const { lab, server } = open;
  open = undefined;
  await lab.close();
  expect(lab.faults).toEqual([]);
  expect(lab.gateway.stats().connections).toBe(0);
  expect([...server.clients]).toEqual([]);
}

export async function openEcho(assemblies: Assemblies, options: StartOptions = {}): Promise<EchoLab> {
  const got: EchoLab['got'] = [];
  const server = new WebSocketServer({ noServer: true, perMessageDeflate: { threshold: 0 } });
  server.on('connection', (socket) => {
    socket
      .on('error', () => {})
      .on('message', (data, binary) => {
        got.push({ data: Buffer.from(data.toString('latin1'), 'latin1'), binary });
        socket.send(data, { binary });
      });
  });
  const http = createServer();
  http.on('upgrade', (incoming, stream, head) =>
    server.handleUpgrade(incoming, stream, head, (socket) => server.emit('connection', socket)),
  );
  const network = {
    connect() {
      const [client, far] = createWire();
      http.emit('connection', far);
      return client;
    },
  };
  const lab = await startGateway({ network, ...options });
  open = { lab, server };
  lab.deploy(definitionText('/one', policiesOf(assemblies)));
  const joined = once(server, 'connection');
  const socket = lab.connect('/maple/sandbox/one');
  await once(socket, 'open');
  const [far] = await joined;
  return { lab, socket, far, got };
}

function policiesOf({ request, requestPolicies, response, before }: Assemblies): string {
  const assembly = (name: string, policies: string | undefined) =>
    policies === undefined ? [] : [`    ${name}:`, '      execute:', policies.replace(/^/gm, '        ')];
  const script = (source: string | undefined) => (source === undefined ? undefined : scriptPolicy(source));
  return [
    ...(before === undefined ? [] : [scriptPolicy(before)]),
    '- websocket-upgrade:',
    '    version: 2.0.0',
    '    target-url: http://backend:8091',
    ...assembly('request-assembly', requestPolicies ?? script(request)),
    ...assembly('response-assembly', script(response)),
  ].join('\n');
}

export async function nextText(socket: WebSocket): Promise<string> {
  const [data] = await once(socket, 'message');
  return String(data);
}

/** Closes from the client, and waits until the gateway has told the end. */
export async function leave({ socket, lab }: Pick<EchoLab, 'socket' | 'lab'>): Promise<void> {
  socket.close(1000);
  await lab.tells('connection-closed');
}

/** As many turns as it takes until the client has this many answers; gives them as text. */
export function answers(socket: WebSocket, count: number): Promise<string[]> {
  const texts: string[] = [];
  return new Promise((resolve) =>
    socket.on('message', (data) => {
      texts.push(String(data));
      if (texts.length === count) resolve(texts);
    }),
  );
}
