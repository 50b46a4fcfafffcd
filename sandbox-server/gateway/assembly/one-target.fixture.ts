// A gateway for tests whose sandbox has one server that does what the test wants, and the way to see that no stream to it is left.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { expect } from 'vitest';
import { createWire } from '../../backend/wire.ts';
import { acceptValue } from '../handshake/accept.ts';
import {
  definitionText,
  type StartedGateway,
  startGateway,
  upgradePolicy,
} from '../started-gateway.fixture.ts';

let lab: StartedGateway | undefined;
let wires: Duplex[] = [];

/** For `afterEach`: closes the gateway; fails where it logged a fault, or a stream to the target stays open. */
export async function closeTarget(): Promise<void> {
  if (!lab) return;
  await lab.close();
  expect(lab.faults).toEqual([]);
  expect(wires.filter((wire) => !wire.destroyed)).toHaveLength(0);
  lab = undefined;
  wires = [];
}

export interface Target {
  onRequest?(request: IncomingMessage, response: ServerResponse): void;
  onUpgrade?(request: IncomingMessage, stream: Duplex): void;
}

/** A gateway whose sandbox has this one server, on every port but 1; the test fails where a stream to it stays open. */
export async function withTarget(
  target: Target,
  policy = upgradePolicy(),
  rest = '',
): Promise<StartedGateway> {
  const server = createServer((request, response) => target.onRequest?.(request, response));
  if (target.onUpgrade) server.on('upgrade', target.onUpgrade);
  const network = {
    connect(port: number) {
      if (port === 1) throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
      const [client, far] = createWire();
      wires.push(client);
      server.emit('connection', far);
      return client;
    },
  };
  lab = await startGateway({ network });
  lab.deploy(definitionText('/one', policy, rest));
  return lab;
}

/** What a client gets instead of a 101. */
export async function refused(started: StartedGateway, path = '/maple/sandbox/one') {
  const [, response] = await once(started.connect(path), 'unexpected-response');
  response.setEncoding('utf8');
  return {
    status: response.statusCode,
    headers: response.headers,
    body: (await response.toArray()).join(''),
  };
}

/** A target's 101, with changes to its headers. */
export function switching(changed: Record<string, string | null> = {}): NonNullable<Target['onUpgrade']> {
  return (request, stream) => {
    const headers: Record<string, string | null> = {
      Upgrade: 'websocket',
      Connection: 'Upgrade',
      'Sec-WebSocket-Accept': acceptValue(request.headers['sec-websocket-key'] ?? ''),
      ...changed,
    };
    const lines = Object.entries(headers).flatMap(([name, value]) =>
      value === null ? [] : [`${name}: ${value}\r\n`],
    );
    stream.on('error', () => {});
    stream.on('end', () => stream.end());
    stream.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('')}\r\n`);
    stream.resume();
  };
}
