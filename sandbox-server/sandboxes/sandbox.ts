// One learner's provider organization: what is deployed in it, the servers behind it, and the log of what happened.
import { randomBytes } from 'node:crypto';
import type { LabTime } from '../backend/own-server/lab-time.ts';
import type { OwnServers, ServerStorage } from '../backend/own-server/own-servers.ts';
import type { Compiler } from '../gateway/compiler/compiler.ts';
import type { ServerEvent } from '../gateway/events.ts';
import type { GatewaySettings } from '../gateway/settings.ts';
import type {
  ApiDefinition,
  Compilation,
  Diagnostic,
  Organization,
  VirtualNetwork,
} from '../gateway/types.ts';
import { ApiUnknown, BasePathTaken, DefinitionsTooLarge, TooManyApis } from './errors.ts';
import { createEventLog, type EventLog, type EventLogLimits } from './event-log.ts';
import { compiledAgain, createFirstUse, notServed } from './first-use.ts';
import { createProducts, type ProductStorage, type Products } from './products.ts';
import { createSwitches, type SwitchStorage } from './switches.ts';
import { createTurns } from './turns.ts';

/** The catalog that every organization of the lab has; the last part of the real product's default catalog URL. */
export const CATALOG = 'sandbox';

/** One deployed API. `definition` is `null` where a stored text no longer passes the rules; then the diagnostics say why. */
export interface DeployedApi {
  name: string;
  text: string;
  definition: ApiDefinition | null;
  diagnostics: Diagnostic[];
}

export interface SandboxLimits {
  apis: number;
  definitionBytes: number;
  events: EventLogLimits;
  /** Milliseconds that a use waits for what was deployed before a restart. */
  firstUseMs: number;
}

/** What a sandbox is made of; `main` wires the gateway's compiler and network in. */
export interface SandboxParts {
  /** Beside the event loop. */
  compiler: Pick<Compiler, 'compile' | 'compileProduct'>;
  /** At once, which only the start of the lab may take: the demo's. */
  compileNow(text: string, name: string): Compilation;
  /** `time` is that in which their scripts live, where it is not the clock's. */
  createServers(tell: (event: ServerEvent) => void, storage: ServerStorage, time?: LabTime): OwnServers;
  /** Closed, it closes the servers. */
  createNetwork(
    tell: (event: ServerEvent) => void,
    servers: OwnServers,
  ): VirtualNetwork & { close(): Promise<void> };
  limits: SandboxLimits;
}

/** Where a sandbox writes what is deployed. */
export interface DefinitionKeeper {
  put(name: string, text: string): void;
  remove(name: string): void;
}

export interface Sandbox extends Organization {
  events: EventLog;
  products: Products;
  /** The learner's own servers, behind the gateway. */
  servers: OwnServers;
  /**
   * Settles when what was deployed before a restart is compiled: to be awaited before anything else of it is used but its switches and events.
   * Rejects with `StillCompiling`, and where too many texts wait; then the next call tries again. `null` when it
   * is done.
   */
  ready(): Promise<void> | null;
  /** In order of name. */
  deployed(): DeployedApi[];
  /**
   * Compiles and serves a definition; one under the same name is replaced. With an error among the diagnostics nothing changes.
   * Rejects with `BasePathTaken`, `TooManyApis`, `DefinitionsTooLarge`, `SandboxGone`, and where too many texts wait. `endpoints` tells the URLs, for the event.
   */
  deploy(
    name: string,
    text: string,
    endpoints: (definition: ApiDefinition) => string[],
  ): Promise<Compilation>;
  /** After the deployments that came before it. Rejects with `ApiUnknown`, `SandboxGone`. */
  remove(name: string): Promise<void>;
  /** Switches its gateway; open connections stay as they are. */
  switchTo(settings: GatewaySettings): void;
  /** Aborted when it closes: whoever works for it lets go. */
  gone: AbortSignal;
  /** Ends its servers and its log. */
  close(): Promise<void>;
}

/** Deployed earlier: a text, and what it compiled to where that is known by now. */
export interface StoredApi {
  name: string;
  definition: string;
  compilation?: Compilation;
}

/** A sandbox with what was deployed earlier. `onUse` is called at each use, so it must be cheap. */
export function createSandbox(
  name: string,
  parts: SandboxParts,
  keeper: DefinitionKeeper,
  stored: Iterable<StoredApi>,
  onUse: () => void,
  more: SandboxStorage = keepsNothing(),
): Sandbox {
  const { limits } = parts;
  const apis = new Map<string, DeployedApi>();
  const uncompiled = new Map<string, string>();
  for (const { name: api, definition: text, compilation } of stored) {
    if (compilation) apis.set(api, { name: api, text, ...compilation });
    else uncompiled.set(api, text);
  }
  const events = createEventLog(limits.events);
  const gone = new AbortController();
  const switches = createSwitches(more.switches, events);
  const tell = (event: ServerEvent) => events.emit(null, event);
  const servers = parts.createServers(tell, more.servers);
  const network = parts.createNetwork(tell, servers);

  function* serving(): Iterable<ApiDefinition> {
    for (const { definition } of apis.values()) if (definition) yield definition;
  }

  /** What must hold between this definition and the others of the sandbox. */
  function checkRoom(api: string, text: string, definition: ApiDefinition): void {
    const others = [...apis.values()].filter((other) => other.name !== api);
    const taken = others.find((other) => other.definition?.basePath === definition.basePath);
    if (taken) throw new BasePathTaken(definition.basePath, taken.name);
    if (others.length >= limits.apis) throw new TooManyApis(limits.apis);
    const bytes = others.reduce((sum, other) => sum + Buffer.byteLength(other.text), Buffer.byteLength(text));
    if (bytes > limits.definitionBytes) throw new DefinitionsTooLarge(limits.definitionBytes);
  }

  /** One after the other, so that a sandbox takes one place of the compiler's queue. */
  async function compileStored(): Promise<void> {
    for (const [api, text] of uncompiled) {
      const compilation = await compiledAgain(
        () => parts.compiler.compile(text, api, name),
        (diagnostics) => ({ definition: null, diagnostics }),
      );
      apis.set(api, { name: api, text, ...compilation });
      uncompiled.delete(api);
      if (!compilation.definition) events.emit(null, notServed(`The API ${api}`, compilation.diagnostics));
    }
    await products.compileStored();
  }

  const turns = createTurns(name);
  const products = createProducts({
    ...more.products,
    compile: (text, product) =>
      parts.compiler.compileProduct(text, product, {
        sandbox: name,
        apis: serving(),
        seed: more.products.seed,
      }),
    limits,
    events,
    turns,
  });

  return {
    name,
    catalog: CATALOG,
    network,
    get settings() {
      return switches.now;
    },
    switchTo: (settings) => switches.set(settings),
    events,
    servers,
    touch: onUse,
    apis: serving,
    products,
    ready: createFirstUse(compileStored, limits.firstUseMs),
    deployed: () => [...apis.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    // Compiled before its turn, so that the compiler's queue, which has a bound, is the only one that texts wait in.
    deploy: (api, text, endpoints) =>
      turns.take(parts.compiler.compile(text, api, name), (compilation) => {
        const { definition, diagnostics } = compilation;
        if (!definition) return compilation;
        checkRoom(api, text, definition);
        keeper.put(api, text);
        apis.set(api, { name: api, text, definition, diagnostics });
        const { version } = definition;
        events.emit(null, { type: 'api-deployed', api, version, endpoints: endpoints(definition) });
        return compilation;
      }),
    remove: (api) =>
      turns.take(undefined, () => {
        if (!apis.has(api)) throw new ApiUnknown(api);
        keeper.remove(api);
        apis.delete(api);
        events.emit(null, { type: 'api-removed', api });
      }),
    gone: gone.signal,
    async close() {
      gone.abort(new Error('The sandbox is gone.'));
      turns.close();
      events.close();
      await network.close();
    },
  };
}

/** What a sandbox outlives a restart with, besides its definitions. */
export interface SandboxStorage {
  products: ProductStorage;
  switches: SwitchStorage;
  servers: ServerStorage;
}

/** Where nothing is kept: the demo, and tests. */
function keepsNothing(): SandboxStorage {
  return {
    products: { keeper: { put: () => {}, remove: () => {} }, stored: [], seed: randomBytes(32) },
    switches: { stored: null, put: () => {} },
    servers: { stored: [], put: () => {}, remove: () => {} },
  };
}
