// The lab's gateway with one sandbox, whose server is the benchmark's backend behind a real socket: the same way as the peers'.
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { pino } from 'pino';
import { readConfig } from '../../sandbox-server/config.ts';
import { compileDefinition } from '../../sandbox-server/gateway/definition/compile.ts';
import { createGateway } from '../../sandbox-server/gateway/gateway.ts';
import { DEFAULT_SETTINGS } from '../../sandbox-server/gateway/settings.ts';
import type { ApiDefinition } from '../../sandbox-server/gateway/types.ts';
import { createEngine } from '../../sandbox-server/gatewayscript/engine.ts';
import { createEventLog } from '../../sandbox-server/sandboxes/event-log.ts';
import { HANDSHAKE } from '../handshake-script.ts';
import { announce } from './announce.ts';

const limits = readConfig({ GATEWAY_MAX_CONNECTIONS: '20000', SANDBOX_MAX_CONNECTIONS: '20000' });
const backend = Number(process.env.BACKEND);
const events = createEventLog({ events: limits.EVENTS_KEPT, bytes: limits.EVENTS_KEPT_BYTES, watchers: 20 });
// Each watcher of the real server writes every event as JSON into a socket.
if (process.env.WATCHED === 'yes')
  events.watch({
    event(event) {
      Buffer.byteLength(JSON.stringify(event));
    },
    end() {},
  });

function compiled(name: string, policy: object): ApiDefinition {
  const text = JSON.stringify({
    swagger: '2.0',
    info: { title: name, version: '1.0.0', 'x-ibm-name': name },
    basePath: `/${name}`,
    schemes: ['https', 'wss'],
    paths: { '/': { get: {} } },
    'x-ibm-configuration': { gateway: 'datapower-api-gateway', assembly: { execute: [policy] } },
  });
  const { definition, diagnostics } = compileDefinition(text, name);
  if (!definition) throw new Error(JSON.stringify(diagnostics));
  return definition;
}
const apis = [
  compiled('one', { 'websocket-upgrade': { version: '2.0.0', 'target-url': 'http://backend:8091' } }),
  compiled('two', { gatewayscript: { version: '2.0.0', source: HANDSHAKE } }),
];

const organization = {
  name: 'maple',
  catalog: 'sandbox',
  apis: () => apis,
  products: [],
  settings: DEFAULT_SETTINGS,
  network: {
    connect: () => connect({ port: backend, host: '127.0.0.1', noDelay: true, allowHalfOpen: true }),
    resolves: () => true,
  },
  events,
  touch() {},
};
const engine = createEngine(limits);
const gateway = createGateway({
  directory: { find: () => organization },
  engine,
  limits,
  log: pino({ level: 'silent' }),
});
await engine.ready;
const server = createServer({ noDelay: true });
server.on('request', (request, response) => gateway.handleRequest(request, response, 'tls'));
server.on('upgrade', (request, socket, head) => gateway.handleUpgrade(request, socket, head, 'tls'));
announce(server);
