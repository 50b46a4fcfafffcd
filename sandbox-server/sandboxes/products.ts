// The products of one sandbox: deployed, served to the gateway, kept, and the keys of their applications.
import type { ProductCompilation } from '../gateway/plans/compile-product.ts';
import type { Product } from '../gateway/plans/product.ts';
import type { Diagnostic } from '../gateway/types.ts';
import { DefinitionsTooLarge, ProductUnknown, TooManyProducts } from './errors.ts';
import type { EventLog } from './event-log.ts';
import { compiledAgain, notServed } from './first-use.ts';
import type { DefinitionKeeper } from './sandbox.ts';
import type { Turns } from './turns.ts';

/** One deployed product. `product` is `null` where a stored text no longer passes the rules; then the diagnostics say why. */
export interface DeployedProduct {
  name: string;
  text: string;
  product: Product | null;
  diagnostics: Diagnostic[];
}

/** Iterates over the products that serve. */
export interface Products extends Iterable<Product> {
  /** Compiles what was deployed before a restart, after the APIs. Rejects where too many texts wait; called again, it goes on. */
  compileStored(): Promise<void>;
  /** In order of name. */
  deployed(): DeployedProduct[];
  /**
   * One under the same name is replaced, and its counts start anew. With an error nothing changes. Rejects with `TooManyProducts`,
   * `DefinitionsTooLarge`, `SandboxGone`, and where too many texts wait.
   */
  deploy(name: string, text: string): Promise<ProductCompilation>;
  /** After the changes that came before it. Rejects with `ProductUnknown`, `SandboxGone`. */
  remove(name: string): Promise<void>;
}

/** What a sandbox's products outlive a restart with. */
export interface ProductStorage {
  keeper: DefinitionKeeper;
  stored: Iterable<{ name: string; text: string }>;
  /** Random, and the sandbox's for its whole life: the keys that the lab makes up come of it. */
  seed: Uint8Array;
}

interface ProductParts extends ProductStorage {
  /** Beside the event loop. */
  compile(text: string, name: string): Promise<ProductCompilation>;
  turns: Turns;
  limits: { apis: number; definitionBytes: number };
  events: EventLog;
}

export function createProducts(parts: ProductParts): Products {
  const { keeper, limits, events, turns } = parts;
  const products = new Map<string, DeployedProduct>();
  const uncompiled = new Map([...parts.stored].map(({ name, text }) => [name, text]));

  function checkRoom(name: string, text: string): void {
    const others = [...products.values()].filter((other) => other.name !== name);
    if (others.length >= limits.apis) throw new TooManyProducts(limits.apis);
    const bytes = others.reduce((sum, other) => sum + Buffer.byteLength(other.text), Buffer.byteLength(text));
    if (bytes > limits.definitionBytes) throw new DefinitionsTooLarge(limits.definitionBytes);
  }

  return {
    *[Symbol.iterator]() {
      for (const { product } of products.values()) if (product) yield product;
    },
    async compileStored() {
      for (const [name, text] of uncompiled) {
        const compilation = await compiledAgain(
          () => parts.compile(text, name),
          (diagnostics) => ({ product: null, diagnostics }),
        );
        products.set(name, { name, text, ...compilation });
        uncompiled.delete(name);
        if (!compilation.product)
          events.emit(null, notServed(`The product ${name}`, compilation.diagnostics));
      }
    },
    deployed: () => [...products.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    deploy: (name, text) =>
      turns.take(parts.compile(text, name), (compilation) => {
        const { product } = compilation;
        if (!product) return compilation;
        checkRoom(name, text);
        keeper.put(name, text);
        products.set(name, { name, text, ...compilation });
        const plans = product.plans.map((plan) => plan.name);
        events.emit(null, { type: 'product-deployed', product: name, version: product.version, plans });
        return compilation;
      }),
    remove: (name) =>
      turns.take(undefined, () => {
        if (!products.has(name)) throw new ProductUnknown(name);
        keeper.remove(name);
        products.delete(name);
        events.emit(null, { type: 'product-removed', product: name });
      }),
  };
}
