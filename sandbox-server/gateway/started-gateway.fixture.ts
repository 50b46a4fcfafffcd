// A whole gateway for tests: its TLS port, one organization `maple`, the real script engine, and every event that it told.
import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ClientOptions, WebSocket } from 'ws';
import { createVirtualNetwork, type SandboxNetwork } from '../backend/network.ts';
import { type Config, readConfig } from '../config.ts';
import { createEngine } from '../gatewayscript/engine.ts';
import type { Engine } from '../gatewayscript/types.ts';
import { compileDefinition } from './definition/compile.ts';
import type { GatewayEventBody } from './events.ts';
import { createGateway } from './gateway.ts';
import { createHeldBytes, type HeldBytes } from './held-bytes.ts';
import { startTlsListener } from './listener.ts';
import { compileProduct } from './plans/compile-product.ts';
import type { Product } from './plans/product.ts';
import { DEFAULT_SETTINGS, type GatewaySettings } from './settings.ts';
import type { ApiDefinition, Gateway, VirtualNetwork } from './types.ts';

type EventOf<Type> = Extract<GatewayEventBody, { type: Type }>;

export interface StartedGateway {
  port: number;
  gateway: Gateway;
  /** The TLS listener's. */
  server: Server;
  network: SandboxNetwork;
  /** What waits in all connections and in the servers behind them. */
  held: HeldBytes;
  /** Of the organization; a test may switch while it runs. */
  settings: GatewaySettings;
  /** All events so far, with their connection. */
  events: { connection: string | null; event: GatewayEventBody }[];
  /** Faults that went to the operator's log; a test that leaves one has found a bug. */
  faults: unknown[];
  /** The events of one type, in order. */
  told<Type extends GatewayEventBody['type']>(type: Type): EventOf<Type>[];
  /** Settles when an event of the type is there, or has come. */
  tells<Type extends GatewayEventBody['type']>(type: Type): Promise<EventOf<Type>>;
  /** Deploys; throws with the diagnostics where the text does not pass. */
  deploy(text: string): ApiDefinition;
  /** Deploys a product file; throws with the diagnostics where it does not pass. Keys that it leaves out are `<kind>-of-<application>`. */
  deployProduct(text: string): Product;
  connect(path: string, protocols?: string[], options?: ClientOptions): WebSocket;
  close(): Promise<void>;
}

export interface StartOptions {
  settings?: Partial<Record<keyof Config, string>>;
  /** Of the sandbox's gateway, where they differ from the defaults. */
  switches?: Partial<GatewaySettings>;
  /** Instead of the sandbox's own network. */
  network?: VirtualNetwork;
  /** Whether somebody watches the sandbox's events; if not given, somebody does. */
  watched?: () => boolean;
  /** Of the organization after a restart; if not given, nothing is left to compile. */
  ready?: () => Promise<void> | null;
  /** The clock that plan limits go by. */
  now?: () => number;
}

/** What goes by the clock, for a busy machine: scripts and conditions that come to their end do so. */
export const PATIENT = {
  SCRIPT_DEADLINE_MS: '1000',
  SCRIPT_WALL_MS: '20000',
  CONDITION_DEADLINE_MS: '10000',
};

let sharedEngine: Engine | undefined;

export async function startGateway(options: StartOptions = {}): Promise<StartedGateway> {
  const limits = readConfig({ SCRIPT_WORKERS: '2', DRAIN_SECONDS: '1', ...PATIENT, ...options.settings });
  sharedEngine ??= createEngine(limits);
  const events: StartedGateway['events'] = [];
  const waiting = new Set<() => void>();
  const faults: unknown[] = [];
  const apis = new Map<string, ApiDefinition>();
  const products = new Map<string, Product>();
  const held = createHeldBytes(limits.GATEWAY_MAX_WAITING_BYTES);
  const network = createVirtualNetwork({
    held,
    onConsole: (port, level, text) => emit(null, { type: 'server-console', port, level, text }),
  });

  function emit(connection: string | null, event: GatewayEventBody): void {
    events.push({ connection, event });
    for (const check of [...waiting]) check();
  }
  function told<Type extends GatewayEventBody['type']>(type: Type): EventOf<Type>[] {
    return events.map(({ event }) => event).filter((event): event is EventOf<Type> => event.type === type);
  }

  const reached: VirtualNetwork = options.network ? { held, ...options.network } : network;
  const organization = {
    name: 'maple',
    catalog: 'sandbox',
    apis: () => apis.values(),
    products: { [Symbol.iterator]: () => products.values() },
    network: reached,
    settings: { ...DEFAULT_SETTINGS, ...options.switches },
    events: { emit, watched: options.watched ?? (() => true), takeFrame: () => true },
    touch() {},
    ready: options.ready ?? (() => null),
  };
  const log = { info() {}, debug() {}, error: (fields: unknown) => faults.push(fields) };
  const gateway = createGateway({
    directory: { find: (name) => (name === 'maple' ? organization : undefined) },
    engine: sharedEngine,
    limits,
    log,
    held,
  });
  const dataDir = await mkdtemp(join(tmpdir(), 'gateway-'));
  const listener = await startTlsListener({ gateway, host: '127.0.0.1', port: 0, dataDir, limits, log });

  return {
    port: listener.port,
    gateway,
    server: listener.server,
    network,
    held,
    settings: organization.settings,
    events,
    faults,
    told,
    tells: (type) =>
      new Promise((resolve) => {
        const check = () => {
          const found = told(type)[0];
          if (!found) return;
          waiting.delete(check);
          resolve(found);
        };
        waiting.add(check);
        check();
      }),
    deploy(text) {
      const { definition, diagnostics } = compileDefinition(text, 'test', {
        targetOrigins: reached.elsewhere?.origins ?? [],
      });
      if (!definition) throw new Error(JSON.stringify(diagnostics));
      apis.set(definition.basePath, definition);
      return definition;
    },
    deployProduct(text) {
      const { product, diagnostics } = compileProduct(text, {
        apis: apis.values(),
        issue: (kind, application) => `${kind}-of-${application}`,
        ...(options.now ? { now: options.now } : {}),
      });
      if (!product) throw new Error(JSON.stringify(diagnostics));
      products.set(product.name, product);
      return product;
    },
    connect: (path, protocols = [], options = {}) =>
      new WebSocket(`wss://127.0.0.1:${listener.port}${path}`, protocols, {
        rejectUnauthorized: false,
        ...options,
      }),
    async close() {
      await gateway.close();
      await network.close();
      await listener.close();
      await rm(dataDir, { recursive: true });
    },
  };
}

/** A definition with one policy, as text; `policy` is indented YAML below `execute`. */
export function definitionText(basePath: string, policy: string, rest = ''): string {
  return `swagger: '2.0'
info: {title: test, version: 1.0.0, x-ibm-name: test}
basePath: ${basePath}
schemes: [https, wss]
paths:
  /: {get: {}, post: {}}
  /echo/{name}: {get: {}}
x-ibm-configuration:
  gateway: datapower-api-gateway
  assembly:
    execute:
${policy.replace(/^/gm, '      ')}
${rest}`;
}

/** `websocket-upgrade` to the uppercase server, with further properties. */
export function upgradePolicy(targetUrl = 'http://backend:8091', more: string[] = []): string {
  return [
    '- websocket-upgrade:',
    '    version: 2.0.0',
    `    target-url: ${targetUrl}`,
    ...more.map((line) => `    ${line}`),
  ].join('\n');
}

export function scriptPolicy(source: string): string {
  return `- gatewayscript:\n    version: 2.0.0\n    source: |\n${source.replace(/^/gm, '      ')}`;
}

/** The tutorial's handler; `guid` is there to be broken. */
export function handshakeScript(guid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'): string {
  return `var crypto = require('crypto');
var accept = crypto.createHash('sha1').update(context.get('request.headers.Sec-WebSocket-Key') + '${guid}').digest('base64');
context.set('message.status.code', 101);
context.set('message.headers.Sec-WebSocket-Accept', accept);`;
}
