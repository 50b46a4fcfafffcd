// No text of a learner or a client leads to a real server: canaries listen on this machine, and are never reached.
import { once } from 'node:events';
import { createServer as createTarget } from 'node:http';
import { type AddressInfo, createServer, type Server } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createWire } from '../../backend/wire.ts';
import { freshKey } from '../handshake/key.ts';
import { exchangeRaw } from '../raw-client.fixture.ts';
import {
  definitionText,
  type StartedGateway,
  scriptPolicy,
  startGateway,
  upgradePolicy,
} from '../started-gateway.fixture.ts';

let reached = 0;
const canary = createServer((socket) => {
  reached += 1;
  socket.destroy();
});
async function listening(server: Server): Promise<number> {
  // All addresses of this machine, of both versions.
  server.listen(0);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** The sandbox's one server, on port 1: it leads on to what its path holds. */
const redirecting = createTarget((request, response) => {
  response.writeHead(302, { Location: decodeURIComponent(request.url?.slice(1) ?? ''), Connection: 'close' });
  response.end();
});
redirecting.on('upgrade', (request, socket) => {
  const to = decodeURIComponent(request.url?.slice(1) ?? '').replace(/[\r\n]/g, '');
  socket.end(`HTTP/1.1 302 Found\r\nLocation: ${to}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
});
const network = {
  connect(port: number) {
    if (port !== 1) throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    const [client, far] = createWire();
    redirecting.emit('connection', far);
    return client;
  },
};

let port = 0;
let lab: StartedGateway;
beforeAll(async () => {
  port = await listening(canary);
  lab = await startGateway({ network });
  lab.deploy(
    definitionText('/direct', upgradePolicy('"$(request.parameters.to)"', ['decode-request-params: true'])),
  );
  lab.deploy(
    definitionText(
      '/redirected',
      upgradePolicy('"http://backend:1/$(request.parameters.to)"', ['follow-redirects: true']),
    ),
  );
  const script = `require('urlopen').open({ target: context.get('request.parameters.to.values[0]'), timeout: 2 }, function (error) {
  context.set('message.status.code', error ? 502 : 200);
});`;
  lab.deploy(definitionText('/script', scriptPolicy(script)));
});
afterAll(async () => {
  await lab.close();
  await new Promise((resolve) => canary.close(resolve));
  expect(lab.faults).toEqual([]);
});

const hex = (value: number) => `0x${value.toString(16)}`;
const octal = (value: number) => `0${value.toString(8)}`;

/** An IPv4 address in the notations that parsers of URLs and addresses take. */
function notations([a, b, c, d]: readonly [number, number, number, number]): string[] {
  const whole = ((a * 256 + b) * 256 + c) * 256 + d;
  return [
    `${a}.${b}.${c}.${d}`,
    `${whole}`,
    hex(whole),
    `${hex(a)}.${hex(b)}.${hex(c)}.${hex(d)}`,
    `${octal(a)}.${octal(b)}.${octal(c)}.${octal(d)}`,
    `${a}.${(b * 256 + c) * 256 + d}`,
    `${a}.${b}.${c * 256 + d}`,
    `[::ffff:${a}.${b}.${c}.${d}]`,
    `[64:ff9b::${a}.${b}.${c}.${d}]`,
    `${a}.${b}.${c}.${d}.`,
    `${a}%2e${b}%2e${c}%2e${d}`,
  ];
}

const byte = fc.nat(255);
const anyHost = fc.oneof(
  fc
    .oneof(
      fc.constantFrom([127, 0, 0, 1] as const, [0, 0, 0, 0] as const, [169, 254, 169, 254] as const),
      fc.tuple(fc.constant(127), byte, byte, byte),
      fc.tuple(fc.constant(10), byte, byte, byte),
    )
    .chain((address) => fc.constantFrom(...notations(address))),
  fc.constantFrom(
    '[::1]',
    '[::]',
    '[0:0:0:0:0:0:0:1]',
    'localhost',
    'LOCALHOST',
    'localhost.',
    'ip6-localhost',
    'localhost.localdomain',
    '①②⑦.0.0.1',
    '127。0。0。1',
  ),
  fc.constantFrom(
    '127.0.0.1.nip.io',
    'backend.localhost',
    'metadata.google.internal',
    'backend@127.0.0.1',
    'backend:1@localhost',
  ),
);
const anyTarget = fc
  .tuple(
    fc.constantFrom('http', 'https', 'HTTP', 'ws', 'tcp', 'gopher', ''),
    anyHost,
    fc.constantFrom('/', '/#backend:1', '?backend:1', '\\@backend:1'),
  )
  .map(([scheme, host, rest]) => `${scheme === '' ? '' : `${scheme}:`}//${host}:${port}${rest}`);

it('whatever notation an address has, whichever way it comes, nobody outside the sandbox is reached', async () => {
  await fc.assert(
    fc.asyncProperty(anyTarget, fc.constantFrom('direct', 'redirected', 'script'), async (target, way) => {
      const to = encodeURIComponent(way === 'redirected' ? encodeURIComponent(target) : target);
      const upgrade =
        way === 'script'
          ? ''
          : `Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: ${freshKey()}\r\nSec-WebSocket-Version: 13\r\n`;
      const answer = await exchangeRaw(
        lab.port,
        `GET /maple/sandbox/${way}?to=${to} HTTP/1.1\r\nHost: localhost\r\n${upgrade}\r\n`,
      );
      expect([500, 502]).toContain(answer.status);
      expect(reached).toBe(0);
    }),
    { numRuns: 200, endOnFailure: true },
  );
  // The ways are really taken: a redirect is followed, and a script reaches the sandbox's own server.
  const own = await exchangeRaw(
    lab.port,
    `GET /maple/sandbox/script?to=${encodeURIComponent('http://backend:1/')} HTTP/1.1\r\nHost: localhost\r\n\r\n`,
  );
  expect(own.status).toBe(200);
  expect(lab.told('target-response').some(({ status }) => status === 302)).toBe(true);
}, 30_000);
