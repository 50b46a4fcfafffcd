// The gateway's parts as its neighbours see them: what it is given, what it gives.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Http2ServerRequest, Http2ServerResponse } from 'node:http2';
import type { Duplex } from 'node:stream';
import type { JsonObject } from '../gatewayscript/types.ts';
import type { EventSink } from './events.ts';
import type { HeldBytes } from './held-bytes.ts';
import type { Product } from './plans/product.ts';
import type { SecurityAlternative } from './security/scheme.ts';
import type { GatewaySettings } from './settings.ts';
import type { Elsewhere } from './target/elsewhere.ts';

/** `path` is the way to the member in the definition (`['x-ibm-configuration', 'assembly', …]`); line and column count from 1. */
export interface Diagnostic {
  severity: 'error' | 'warning' | 'info';
  /** Stable kebab-case id, e.g. `target-url-scheme`. */
  rule: string;
  message: string;
  line: number;
  column: number;
  path: (string | number)[];
}

/** A policy with its properties, as the definition has it; what they mean is the policy's own file. */
export interface PolicyNode {
  policy: string;
  title: string;
  properties: JsonObject;
  line: number;
  /** Its place among all policies of the assembly in reading order, from 0: nested ones, `catch` and `finally` count too. */
  index: number;
  /** The lists of policies inside it, in the order in which its kind tells them (`PolicyKind.branches`). */
  branches: PolicyNode[][];
}

/** What runs when a policy has failed: for the errors of these names, or for all others (`default`). */
export interface CatchHandler {
  errors: string[] | 'default';
  execute: PolicyNode[];
}

export interface Assembly {
  execute: PolicyNode[];
  catch: CatchHandler[];
  finally: PolicyNode[];
}

export interface Operation {
  id: string | null;
  /** Lower case as in OpenAPI; `*` is not used. */
  method: string;
  /** As in the definition, with `{parameters}`. */
  path: string;
  /** One of these must be passed; absent where anybody may call. */
  security?: SecurityAlternative[];
}

/** A definition that passed: all the gateway needs to serve it. */
export interface ApiDefinition {
  /** `x-ibm-name`, else the name it was deployed under. */
  name: string;
  title: string;
  version: string;
  /** Starts with `/`, does not end with one; empty for the root. */
  basePath: string;
  schemes: string[];
  operations: Operation[];
  /** `x-ibm-configuration.properties`: name to value, for the catalog `sandbox`. */
  properties: JsonObject;
  /** The lab's own properties, parsed: `lab-echo`, `lab-attach`. */
  lab: { echo: 'upgrade' | 'none'; attach: 'none' | 'uppercase' };
  assembly: Assembly;
}

/** What `compileDefinition(text, name)` gives: with an `error` among the diagnostics there is no definition. */
export interface Compilation {
  definition: ApiDefinition | null;
  diagnostics: Diagnostic[];
}

/**
 * The servers of one sandbox by virtual port. `connect` gives a fresh byte stream to the server there, in this process;
 * it throws an Error whose `code` is `ECONNREFUSED` where no server is.
 */
export interface VirtualNetwork {
  connect(port: number): Duplex;
  /** Servers outside that targets may name; absent where the operator allows none. */
  elsewhere?: Elsewhere;
  /** Where what is read of their answers is counted. */
  held?: HeldBytes;
}

/** One sandbox as the gateway sees it. */
export interface Organization {
  name: string;
  catalog: string;
  /** To be awaited before `apis` and `products`: settles when what was deployed before a restart is compiled. Rejects where that is not so soon; `null` when it is done. */
  ready?(): Promise<void> | null;
  /** The deployed definitions; the gateway picks the one with the longest matching base path. */
  apis(): Iterable<ApiDefinition>;
  /** The deployed products: their plans, and the applications that subscribe to them. */
  products: Iterable<Product>;
  network: VirtualNetwork;
  /** How its gateway is switched; may change between requests. */
  settings: GatewaySettings;
  events: EventSink;
  /** Open connections that it may have, where that is not the gateway's `SANDBOX_MAX_CONNECTIONS`: all readers share `demo`. */
  maxConnections?: number;
  /** Called once a request: keeps the sandbox alive. */
  touch(): void;
}

/** How the gateway finds a sandbox; `undefined` for unknown ones (404 `API not found for requested URI`). */
export interface OrganizationDirectory {
  find(organization: string): Organization | undefined;
}

/** The emulated gateway. `listener` is `tls` on its own port, `site` under `/gateway` of the page's port (the prefix already taken off the url). */
export interface Gateway {
  handleRequest(request: IncomingMessage, response: ServerResponse, listener: 'tls' | 'site'): void;
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer, listener: 'tls' | 'site'): void;
  /** A request of an HTTP/2 session at the TLS port. */
  handleHttp2(request: Http2ServerRequest, response: Http2ServerResponse): void;
  /** Whether the sandbox of this name offers HTTP/2 to clients. */
  offersHttp2(organization: string): boolean;
  stats(): { connections: number; handshakes: Record<string, number> };
  /** Whether it has been told to close. */
  readonly closing: boolean;
  /** Sends 1001 to open WebSocket connections where it may, then ends all. */
  close(): Promise<void>;
}
