// The products of one sandbox: deployed, served to the gateway, kept, and the keys of their applications.
import { createHmac } from 'node:crypto';
import { compileProduct, type ProductCompilation } from '../gateway/plans/compile-product.ts';
import type { Product } from '../gateway/plans/product.ts';
import type { IssueKey } from '../gateway/plans/read-applications.ts';
import type { ApiDefinition, Diagnostic } from '../gateway/types.ts';
import { DefinitionsTooLarge, ProductUnknown, TooManyProducts } from './errors.ts';
import type { EventLog } from './event-log.ts';
import type { DefinitionKeeper } from './sandbox.ts';

/** One deployed product. `product` is `null` where a stored text no longer passes the rules; then the diagnostics say why. */
export interface DeployedProduct {
  name: string;
  text: string;
  product: Product | null;
  diagnostics: Diagnostic[];
}

/** Iterates over the products that serve. */
export interface Products extends Iterable<Product> {
  /** In order of name. */
  deployed(): DeployedProduct[];
  /** One under the same name is replaced, and its counts start anew. With an error nothing changes. Throws `TooManyProducts`, `DefinitionsTooLarge`. */
  deploy(name: string, text: string): ProductCompilation;
  /** Throws `ProductUnknown`. */
  remove(name: string): void;
}

/** What a sandbox's products outlive a restart with. */
export interface ProductStorage {
  keeper: DefinitionKeeper;
  stored: Iterable<{ name: string; text: string }>;
  /** Random, and the sandbox's for its whole life: the keys that the lab makes up come of it. */
  seed: Uint8Array;
}

interface ProductParts extends ProductStorage {
  apis(): Iterable<ApiDefinition>;
  limits: { apis: number; definitionBytes: number };
  events: EventLog;
}

export function createProducts({ keeper, stored, seed, apis, limits, events }: ProductParts): Products {
  const issue = keysFrom(seed);
  const products = new Map<string, DeployedProduct>();
  const compile = (text: string) => compileProduct(text, { apis: apis(), issue });
  for (const { name, text } of stored) products.set(name, { name, text, ...compile(text) });

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
    deployed: () => [...products.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    deploy(name, text) {
      const compilation = compile(text);
      const { product } = compilation;
      if (!product) return compilation;
      checkRoom(name, text);
      keeper.put(name, text);
      products.set(name, { name, text, ...compilation });
      const plans = product.plans.map((plan) => plan.name);
      events.emit(null, { type: 'product-deployed', product: name, version: product.version, plans });
      return compilation;
    },
    remove(name) {
      if (!products.has(name)) throw new ProductUnknown(name);
      keeper.remove(name);
      products.delete(name);
      events.emit(null, { type: 'product-removed', product: name });
    },
  };
}

/**
 * Keys that the lab makes up: 32 hex digits, as the product's are. They are derived, not drawn, so that deploying again or a restart leaves them as
 * they were, without a place where secrets are kept; another sandbox has others.
 */
function keysFrom(seed: Uint8Array): IssueKey {
  return (kind, application) =>
    createHmac('sha256', seed).update(`${kind}\n${application}`, 'utf8').digest('hex').slice(0, 32);
}
