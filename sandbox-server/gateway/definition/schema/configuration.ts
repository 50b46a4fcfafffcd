// What API Connect adds to OpenAPI: `x-ibm-configuration`.
import { z } from 'zod';
import { limitSchemes } from '../../assembly/ratelimit/declared-limits.ts';
import { activityLog } from './activity-log.ts';
import { assembly } from './assembly.ts';
import { cors } from './cors.ts';
import { flag, json, members, text } from './values.ts';
import { documented, lab, seen } from './words.ts';

export const property = z.looseObject({
  value: json.optional().meta(documented('The value; `$(name)` in a policy stands for it.')),
  description: json.optional().meta(documented('What the property is for.')),
  encoded: json
    .optional()
    .meta(documented('Whether the value is kept encoded, such as a password; the lab takes it as it is.')),
});

/** API Connect's form is `{value: …}`; a value that stands by itself is meant the same, and a rule says so. */
const writtenProperty = z
  .union([property, z.string(), z.number(), z.boolean()], {
    error: 'expected an object with the member value',
  })
  .nullable()
  .meta(documented('One property. The names `lab-echo` and `lab-attach` are the lab’s own switches.'));

const catalog = z
  .looseObject({ properties: members.nullish().meta(documented('Values by the names of the properties.')) })
  .nullable()
  .meta(documented('One catalog; the lab has the catalog `sandbox`.'));

/** What the lab reads of it. */
export const readConfiguration = z.looseObject({
  gateway: z
    .string()
    .optional()
    .meta(
      documented(
        'The gateway type that runs the API: datapower-api-gateway, or datapower-gateway of version 5.',
        ['datapower-api-gateway'],
      ),
    ),
  properties: z
    .record(z.string(), writtenProperty)
    .nullish()
    .meta(documented('Properties of the API by name, each with its `value`.')),
  catalogs: z
    .record(z.string(), catalog)
    .nullish()
    .meta(documented('Other values of the properties, by catalog.')),
  assembly: assembly.nullish().meta(documented('What the gateway does with a request, policy by policy.')),
});

export const configuration = readConfiguration.extend({
  type: z
    .enum(['rest', 'wsdl', 'graphql', 'asyncapi', 'oauth'], { error: 'expected rest, wsdl or graphql' })
    .nullish()
    .meta(documented('The kind of API: rest, wsdl for SOAP, graphql.', ['rest'])),
  phase: z
    .enum(['identified', 'specified', 'realized'], { error: 'expected identified, specified or realized' })
    .nullish()
    .meta(documented('How far the API is developed; without effect on the gateway.', ['realized'])),
  enforced: flag
    .nullish()
    .meta(documented('Whether the API runs on the gateway of API Connect, or is only described here.')),
  testable: flag
    .nullish()
    .meta(documented('Whether the portal’s test tool may call it. That tool cannot open WebSockets.')),
  cors: cors.nullish().meta(documented('Cross-origin requests; without effect on a WebSocket handshake.')),
  'activity-log': activityLog
    .nullish()
    .meta(documented('What analytics keep of each call; without effect in the lab.')),
  'application-authentication': z
    .looseObject({
      certificate: flag.nullish().meta(documented('Whether the application shows a TLS certificate.')),
    })
    .nullish()
    .meta(documented('How an application shows who it is, besides its client id; not checked in the lab.')),
  'assembly-rate-limits': limitSchemes
    .nullish()
    .meta(lab('Rate limits by name for the policy ratelimit; in the product they stand in the plan.')),
  'assembly-burst-limits': limitSchemes
    .nullish()
    .meta(lab('Burst limits by name for the policy ratelimit; in the product they stand in the plan.')),
  'assembly-count-limits': limitSchemes
    .nullish()
    .meta(lab('Count limits by name for the policy ratelimit; in the product they stand in the plan.')),
  'oauth-providers': json.optional().meta(seen('The OAuth providers that the API uses; not emulated.')),
  compatibility: members
    .nullish()
    .meta(documented('Switches for behaviour of version 5; without effect in the lab.')),
  extensions: members.nullish().meta(documented('Values of catalog extensions; without effect in the lab.')),
  servers: json
    .optional()
    .meta(seen('Servers by gateway and catalog, in OpenAPI 3 definitions; not read in the lab.')),
  'wsdl-definition': json.optional().meta(seen('The WSDL file of a SOAP service; not read in the lab.')),
  categories: z.array(text).nullish().meta(seen('Categories under which the portal lists the API.')),
  externalDocs: json.optional().meta(seen('Further documents for the portal.')),
  attachments: json.optional().meta(seen('Files for the portal.')),
});
