// The security schemes of a definition: what a client has to show, and which of them the gateway cannot check here.
import { z } from 'zod';
import type { Finding } from '../definition/rule.ts';

/** One scheme by its name in the definition. `parameter` is the header or query parameter that holds the key. */
export type SecurityScheme = { name: string } & (
  | { kind: 'client-id' | 'client-secret'; in: 'header' | 'query'; parameter: string }
  | { kind: 'basic'; registry: string | null }
  /** Not emulated: no request passes it, `why` is for the learner. */
  | { kind: 'unchecked'; why: string }
);

/** Schemes that a request must pass together; of several such lists one is enough. Empty: anybody passes. */
export type SecurityAlternative = readonly SecurityScheme[];

/** OpenAPI 2 and 3 in one. */
export const schemeForm = z
  .looseObject({
    type: z.enum(['apiKey', 'basic', 'http', 'oauth2', 'openIdConnect', 'mutualTLS']).meta({
      description: 'The kind of scheme; basic is OpenAPI 2, http with scheme basic is OpenAPI 3.',
      standing: 'documented',
    }),
    in: z
      .string()
      .optional()
      .meta({
        description: 'Where an API key is sent: header or query.',
        standing: 'documented',
        examples: ['header', 'query'],
      }),
    name: z
      .string()
      .optional()
      .meta({
        description: 'The header or query parameter that holds the API key.',
        standing: 'documented',
        examples: ['X-IBM-Client-Id', 'X-IBM-Client-Secret', 'client_id', 'client_secret'],
      }),
    'x-key-type': z.enum(['client_id', 'client_secret']).optional().meta({
      description: 'Whether the API key is the client id of an application, or its client secret.',
      standing: 'documented',
    }),
    scheme: z.string().optional().meta({
      description: 'The scheme of type http: basic is checked here.',
      standing: 'documented',
    }),
    'x-ibm-authentication-registry': z.string().optional().meta({
      description: 'The user registry that knows names and passwords for Basic authentication.',
      standing: 'seen',
    }),
  })
  .meta({ description: 'One security scheme of an API.', standing: 'documented' });

export interface ReadScheme {
  scheme: SecurityScheme;
  /** What deployment has to say about it, without its place. */
  warning: Pick<Finding, 'rule' | 'message'> | null;
}

export function readScheme(name: string, form: z.output<typeof schemeForm>): ReadScheme {
  const basic = form.type === 'basic' || (form.type === 'http' && form.scheme?.toLowerCase() === 'basic');
  if (form.type === 'apiKey') return readApiKey(name, form);
  if (basic && form['x-ibm-authentication-url'] === undefined) {
    const registry = form['x-ibm-authentication-registry'] ?? null;
    return { scheme: { name, kind: 'basic', registry }, warning: null };
  }
  if (basic)
    return unchecked(name, 'an authentication URL is not asked here; name a registry of a product instead');
  if (form.type === 'http' && form.scheme?.toLowerCase() === 'bearer')
    return unchecked(name, 'the lab checks bearer tokens in the policy jwt-validate alone, not here');
  if (form.type === 'oauth2') return unchecked(name, 'OAuth is not emulated');
  return unchecked(name, `${form.scheme ?? form.type} is not emulated`);
}

/** Documented names of the four keys. Older definitions have no `x-key-type`, and the name says which key it is. */
const SECRET_NAMES = /^(x-ibm-client-secret|client_secret)$/i;
const ID_NAMES = /^(x-ibm-client-id|client_id)$/i;

function readApiKey(name: string, form: z.output<typeof schemeForm>): ReadScheme {
  const parameter = form.name ?? '';
  const place = form.in === 'header' || form.in === 'query' ? form.in : null;
  if (parameter === '' || place === null)
    return unchecked(name, 'an API key needs a name, and "in: header" or "in: query"');
  const type = form['x-key-type'];
  const secret = type === undefined ? SECRET_NAMES.test(parameter) : type === 'client_secret';
  const scheme: SecurityScheme = {
    name,
    kind: secret ? 'client-secret' : 'client-id',
    in: place,
    parameter,
  };
  if (type !== undefined || secret || ID_NAMES.test(parameter)) return { scheme, warning: null };
  const message = `${name} does not say which key ${parameter} is; the lab takes it for the client id. Add x-key-type: client_id or client_secret.`;
  return { scheme, warning: { rule: 'security-key-type', message } };
}

function unchecked(name: string, why: string): ReadScheme {
  const message = `${name}: ${why}. Every request that needs it gets 401.`;
  return { scheme: { name, kind: 'unchecked', why }, warning: { rule: 'security-not-emulated', message } };
}
