// The properties of the policy `invoke`, as IBM documents them for versions 2.0.0 to 2.3.0 of the DataPower API Gateway.
import { z } from 'zod';
import { commonProperties, control, flag, outputName, wholeNumber } from '../property-types.ts';

const VERBS = ['Keep', 'keep', 'GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'] as const;
export const STOPPING = ['ConnectionError', 'OperationError', 'SOAPError'] as const;

const documented = (description: string) => ({ description, standing: 'documented' }) as const;
/** Accepted, and told to be without effect in the lab. */
const unused = (description: string) => ({ description, standing: 'documented', effect: 'none' }) as const;

export const invokeProperties = z
  .looseObject({
    ...commonProperties,
    'target-url': z
      .string()
      .optional()
      .meta({
        ...documented(
          'The address that is called, http or https; `$(name)` stands for a variable. In the lab: a server of the sandbox.',
        ),
        examples: ['http://backend:8091', '$(target-url)$(request.search)'],
      }),
    verb: z
      .enum(VERBS)
      .default('Keep')
      .meta(
        documented('The method of the call. `Keep`, or no verb at all, takes the method of the request.'),
      ),
    timeout: wholeNumber(1, 86_400).default(60).meta(documented('Seconds to wait for the answer.')),
    username: z.string().nullish().meta(documented('The user name for Basic authentication at the target.')),
    password: z.string().nullish().meta(documented('The password for Basic authentication at the target.')),
    output: outputName.meta({
      ...documented(
        'The variable that takes the answer. Without one the answer takes the place of `message`, headers and body.',
      ),
      examples: ['checked'],
    }),
    'stop-on-error': z
      .array(z.enum(STOPPING))
      .nullish()
      .transform((names) => names ?? [])
      .meta(
        documented(
          'Errors that stop the assembly and can be caught; it goes on after every other failed call.',
        ),
      ),
    'header-control': control
      .nullish()
      .meta(documented('Which headers of the message go to the target, by patterns. Without it all go.')),
    'parameter-control': control
      .nullish()
      .meta(
        documented(
          'Which query parameters of the request go to the target, by patterns. Without it none go; `$(request.search)` in target-url is the other way.',
        ),
      ),
    'follow-redirects': flag
      .default(false)
      .meta(documented('Whether a redirect is followed, or is the answer itself.')),
    'inject-proxy-headers': flag
      .default(false)
      .meta(documented('Whether X-Forwarded-For, -Host and -Port are added where the request has none.')),
    'keep-payload': flag
      .default(false)
      .meta(documented('Whether a DELETE is sent with the body of the message.')),
    'chunked-uploads': flag
      .default(true)
      .meta(documented('Whether a body is sent in chunks, or with its length ahead of it.')),
    compression: flag.default(false).meta(documented('Whether a body is sent compressed with gzip.')),
    'backend-type': z
      .enum(['detect', 'xml', 'json', 'binary', 'graphql'])
      .default('detect')
      .meta(unused('How the body is treated on its way to the target.')),
    'graphql-send-type': z
      .enum(['detect', 'graphql', 'json'])
      .default('detect')
      .meta(unused('How a GraphQL query is sent.')),
    'tls-profile': z.string().nullish().meta(unused('The TLS client profile for the target.')),
    'secure-gateway': flag.default(false).meta({
      description: 'Whether the call goes by a Secure Gateway; a property that older editors wrote.',
      standing: 'seen',
      effect: 'none',
    }),
    'decode-request-params': flag
      .default(false)
      .meta(unused('Whether parameters that target-url refers to are decoded.')),
    'encode-plus-char': flag.default(false).meta(unused('Whether a plus sign in the query is encoded.')),
    'http-version': z
      .enum(['HTTP/1.0', 'HTTP/1.1', 'HTTP/2'])
      .default('HTTP/1.1')
      .meta(unused('The version of HTTP towards the target.')),
    'http2-required': flag
      .default(false)
      .meta(unused('Whether the call fails where the target has no HTTP/2.')),
    'use-http-10': flag.default(false).meta(unused('Whether HTTP/1.0 is spoken to the target.')),
    'persistent-connection': flag
      .default(true)
      .meta(unused('Whether the connection to the target is kept for further calls.')),
    'cache-key': z.string().nullish().meta(unused('The key of the answer in the cache.')),
    'cache-response': z
      .enum(['protocol', 'no-cache', 'time-to-live'])
      .default('protocol')
      .meta(unused('How answers are cached.')),
    'cache-putpost-response': flag.default(false).meta(unused('Whether answers to PUT and POST are cached.')),
    'cache-ttl': wholeNumber().default(900).meta(unused('Seconds that an answer is kept in the cache.')),
    'websocket-upgrade': flag.default(false).meta({
      description: 'Use the policy websocket-upgrade instead: with invoke the lab sends a plain request.',
      standing: 'documented',
      deprecated: true,
    }),
  })
  .meta({
    description:
      'Calls a server and goes on with its answer. A plain HTTP call: it never switches protocols.',
    standing: 'documented',
  });

export type InvokeProperties = z.output<typeof invokeProperties>;
