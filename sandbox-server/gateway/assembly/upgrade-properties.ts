// The properties of the policy `websocket-upgrade`: their types, defaults and words, for the deployment, for traffic and for the reference.
import { z } from 'zod';
import { control, flag, wholeNumber } from './property-types.ts';

const documented = (description: string) => ({ description, standing: 'documented' }) as const;

const assembly = (description: string) =>
  z
    .looseObject({
      execute: z.array(z.unknown()).nullish().meta(documented('The policies, in their order.')),
    })
    .nullish()
    .meta(documented(description));

/** Names, types and defaults as IBM documents them for version 2.0.0. */
export const upgradeProperties = z
  .looseObject({
    version: z
      .union([z.string(), z.number()], { error: 'expected a version, such as 2.0.0' })
      .optional()
      .meta(documented('The version of the policy, `2.0.0`.')),
    title: z.string().optional().meta(documented('The title that the assembly editor and the log show.')),
    description: z.string().nullish().meta(documented('A description for people; it has no effect.')),
    'target-url': z
      .string()
      .optional()
      .meta({
        description:
          'The server that is asked to switch protocols: http or https, not ws or wss. `$(name)` stands for a property or a variable. In the lab: a server of the sandbox.',
        standing: 'seen',
        examples: ['http://backend:8091', '$(target-url)'],
      }),
    'tls-profile': z
      .string()
      .nullish()
      .meta(
        documented(
          'The TLS client profile for an https target. The lab has no profiles: it speaks TLS and does not check the certificate.',
        ),
      ),
    timeout: wholeNumber(1, 86_400)
      .default(60)
      .meta(documented('Seconds to wait for the target’s answer to the handshake.')),
    'follow-redirects': flag
      .default(false)
      .meta(documented('Whether a redirect is followed, or is itself the answer to the client.')),
    username: z.string().nullish().meta(documented('The user name for Basic authentication at the target.')),
    password: z.string().nullish().meta(documented('The password for Basic authentication at the target.')),
    'inject-proxy-headers': flag
      .default(false)
      .meta(documented('Whether X-Forwarded-For, -Host and -Port are added where the request has none.')),
    'decode-request-params': flag
      .default(false)
      .meta(
        documented(
          'Whether request parameters that target-url refers to, `$(request.parameters.name)`, are URL-decoded; otherwise they go on as the client wrote them.',
        ),
      ),
    'encode-plus-char': flag
      .default(false)
      .meta(
        documented(
          'Whether a + in the query goes to the target encoded. IBM’s page names %2F, which is a slash; the lab writes %2B, the code of +.',
        ),
      ),
    'header-control': control
      .nullish()
      .meta(documented('Which headers of the handshake go to the target. Without it all go.')),
    'parameter-control': control.nullish().meta({
      description:
        'Which query parameters of the handshake go to the target. Without it the lab passes all; published sources disagree, so set it.',
      standing: 'lab',
    }),
    'request-assembly': assembly(
      'Policies that run on each message of the client after the 101: parse, ratelimit, validate.',
    ),
    'response-assembly': assembly('Policies that run on each message of the target after the 101.'),
  })
  .meta(
    documented(
      'Asks a server to switch to WebSocket and joins the client to it. It ends the assembly: policies after it never run.',
    ),
  );

export type UpgradeProperties = z.output<typeof upgradeProperties>;
