// From a product file to what the gateway enforces, with everything that is to be said about it.
import { placed } from '../definition/compile.ts';
import type { Finding } from '../definition/rule.ts';
import { shapeFindings } from '../definition/shape.ts';
import { readSource } from '../definition/source.ts';
import type { ApiDefinition, Diagnostic, Operation } from '../types.ts';
import type { IssueKey } from './issue-key.ts';
import { createLimitCounts } from './limit-counts.ts';
import type { Product } from './product.ts';
import { type ProductDocument, productDocument } from './product-document.ts';
import { readApplications } from './read-applications.ts';
import { readPlans } from './read-plans.ts';

/** What a product asks of an API that is deployed beside it. */
export interface ApiOutline extends Pick<ApiDefinition, 'name' | 'version'> {
  operations: readonly Pick<Operation, 'id' | 'method' | 'path'>[];
}

export interface ProductContext {
  /** One that is missing is only a warning. */
  apis: Iterable<ApiOutline>;
  issue: IssueKey;
}

/** With an `error` among the diagnostics there is no product. */
export interface ProductCompilation {
  product: Product | null;
  diagnostics: Diagnostic[];
}

/** The same as plain data, which can go from one thread to another: the counts, `withCounts` adds. */
export interface CompiledProduct {
  product: Omit<Product, 'counts'> | null;
  diagnostics: Diagnostic[];
}

/** Compiles a product file, YAML or JSON. Never throws, whatever the text. `now` is in milliseconds since 1970, for tests. */
export function compileProduct(
  text: string,
  context: ProductContext & { now?: () => number },
): ProductCompilation {
  return withCounts(compileProductText(text, context), context.now);
}

/** The product's counts begin at 0. */
export function withCounts({ product, diagnostics }: CompiledProduct, now = Date.now): ProductCompilation {
  return { product: product && { ...product, counts: createLimitCounts(now) }, diagnostics };
}

/** All of compiling that takes time. */
export function compileProductText(text: string, context: ProductContext): CompiledProduct {
  const source = readSource(text);
  if (Array.isArray(source)) return { product: null, diagnostics: source };
  const parsed = productDocument.safeParse(source.value);
  if (!parsed.success)
    return { product: null, diagnostics: placed(shapeFindings(parsed.error, 'product-form'), source) };

  const document = parsed.data;
  const findings = formFindings(document);
  const plans = readPlans(document, [...context.apis], findings);
  const applications = readApplications(document, plans, context.issue, findings);
  const diagnostics = placed(findings, source);
  if (diagnostics.some(({ severity }) => severity === 'error')) return { product: null, diagnostics };

  const registries = new Map(
    Object.entries(document['x-lab-user-registries'] ?? {}).map(([name, users]) => [
      name,
      new Map(Object.entries(users)),
    ]),
  );
  const { name, title, version } = document.info;
  return {
    product: { name, title: title ?? name, version, plans, applications, registries },
    diagnostics,
  };
}

function formFindings({ product, gateways }: ProductDocument): Finding[] {
  const findings: Finding[] = [];
  if (product !== '1.0.0') {
    const message = `product is ${product}, but the format has the version 1.0.0.`;
    findings.push({ severity: 'warning', rule: 'product-format', message, path: ['product'] });
  }
  if (gateways && !gateways.includes('datapower-api-gateway')) {
    const message = 'gateways lacks datapower-api-gateway, which is the one that the lab emulates.';
    findings.push({ severity: 'warning', rule: 'product-gateway', message, path: ['gateways'] });
  }
  return findings;
}
