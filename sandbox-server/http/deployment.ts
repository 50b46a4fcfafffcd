// What deploying an API and deploying a product have alike: a text comes in, within limits, and goes back with diagnostics where it has errors.
// Switching the gateway counts against the same limits.
import { z } from '@hono/zod-openapi';
import type { Context, MiddlewareHandler } from 'hono';
import { tooLarge } from '../gateway/definition/too-large.ts';
import type { Diagnostic } from '../gateway/types.ts';
import { addressKey, clientAddress } from './address.ts';
import { bodyWithin } from './body-within.ts';
import type { LabEnvironment } from './environment.ts';
import { Problem } from './problem.ts';
import type { RateLimit } from './rate-limit.ts';

export interface DeploymentLimits {
  /** Of the text that is compiled. */
  maxBytes: number;
  /** Of the body, so far as a text that is too large gets a diagnostic. */
  maxBodyBytes: number;
  perAddress: RateLimit;
  perSandbox: RateLimit;
  trustProxy: boolean;
}

/** `what` opens its sentences, e.g. "An API definition". */
export interface DeploymentIntake {
  /** 413 for a body that is too large. */
  bodyLimit(what: string): MiddlewareHandler;
  /**
   * The body as text, or what is wrong with one that is too large to be compiled; counted against the limits. Throws 415 for another type, 400 for
   * bytes that are not UTF-8, 429 for too many.
   */
  take(c: Context<LabEnvironment>, what: string): Promise<string | Diagnostic>;
  /** The body as text; throws 415 for another type, 400 for bytes that are not UTF-8. */
  text(c: Context<LabEnvironment>, what: string, kind: BodyKind): Promise<string>;
  /** Counts a change of so many characters against the limits; throws 429 for too many. */
  count(c: Context<LabEnvironment>, characters: number): Promise<void>;
}

/** The media types of a body, and what they are in words, e.g. "YAML or JSON". */
export interface BodyKind {
  types: readonly string[];
  are: string;
}

const accepted = [
  'application/yaml',
  'text/yaml',
  'application/x-yaml',
  'text/x-yaml',
  'text/plain',
  'application/json',
];
/** Types with a structured suffix (RFC 6839, RFC 9512) say of themselves that they are YAML or JSON. */
const suffixed = /^[\w.-]+\/[\w.-]+\+(yaml|json)$/;
/** What counts as one deployment against the limits: compiling takes about 10 ms for so much. */
const BYTES_PER_DEPLOYMENT = 10_000;

/** JSON is an object to whoever reads the description; the server takes it as text, like YAML, since diagnostics need its lines. */
const described = accepted.map((type) => [
  type,
  { schema: type === 'application/json' ? z.looseObject({}) : z.string() },
]);

/** The body as the OpenAPI document describes it. */
export const deploymentBody = { required: true, content: Object.fromEntries(described) };

/** The way in of all deployments: they share their limits. */
export function createDeploymentIntake(limits: DeploymentLimits): DeploymentIntake {
  async function count(c: Context<LabEnvironment>, characters: number): Promise<void> {
    const weight = Math.ceil(characters / BYTES_PER_DEPLOYMENT);
    await limits.perSandbox.take(c.get('sandbox').name, weight);
    await limits.perAddress.take(addressKey(clientAddress(c, limits.trustProxy)), weight);
  }
  return {
    bodyLimit: (what) =>
      bodyWithin(Math.max(limits.maxBodyBytes, limits.maxBytes), 'definition-too-large', what),
    text: bodyText,
    async take(c, what) {
      const text = await bodyText(c, what, { types: accepted, are: 'YAML or JSON' });
      const excess = tooLarge(text, limits.maxBytes, what);
      // It is not compiled, which would take the time.
      await count(c, excess ? 1 : text.length);
      return excess ?? text;
    },
    count,
  };
}

/** One of no type is taken as what it should be. */
async function bodyText(c: Context<LabEnvironment>, what: string, { types, are }: BodyKind): Promise<string> {
  const type = c.req.header('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type !== '' && !types.includes(type) && !(types === accepted && suffixed.test(type))) {
    const hint = `Send it with a Content-Type of ${types.join(', ')}.`;
    throw new Problem(415, 'content-type', `${what} is ${are}.`, hint);
  }
  const bytes = await c.req.arrayBuffer();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Problem(400, 'not-utf-8', `${what} is UTF-8 text, and this is not.`, 'Save the file as UTF-8.');
  }
}

/** The body of a 422: the first error in a sentence, and all diagnostics. */
export function refusedDeployment(diagnostics: Diagnostic[], kind: 'definition' | 'product') {
  const first = diagnostics.find(({ severity }) => severity === 'error');
  const message = first ? `Line ${first.line}: ${first.message}` : `The ${kind} is not valid.`;
  const hint = 'Mend what the diagnostics say and deploy again.';
  return { ...new Problem(422, `${kind}-invalid`, message, hint).body(), diagnostics };
}
