// What `urlopen` reaches in a run: the answers that the run's request brings, then the servers of the reader's own sandbox.
import { z } from '@hono/zod-openapi';
import { openInSandbox } from '../gateway/target/open.ts';
import type { VirtualNetwork } from '../gateway/types.ts';
import { standardReason } from '../gatewayscript/context/status.ts';
import type { OpenTarget } from '../gatewayscript/types.ts';
import { headerPairs, headersSchema } from './given-headers.ts';

/** Answers that a run's request may bring. */
const MAX_TARGETS = 20;

export const givenTargetsSchema = z
  .array(
    z.strictObject({
      target: z
        .url({ protocol: /^https?$/, error: 'must be a URL of http or https' })
        .max(2_000)
        .openapi({ description: 'The URL that the script opens, with its query.' }),
      status: z.number().int().min(100).max(599).default(200),
      headers: headersSchema,
      body: z.string().default('').openapi({ description: 'Text; sent as UTF-8.' }),
    }),
  )
  .max(MAX_TARGETS)
  .default([])
  .openapi({
    description:
      'What `urlopen.open` gets as the answer, by its target; whatever the method. Targets that are not here are servers of your sandbox, if you send its token, else a ConnectionError.',
    example: [{ target: 'http://orders:3000/1', status: 200, headers: {}, body: '{"id":1}' }],
  });

/**
 * `sandbox` is the reader's own network and the limits for it; without it only what is given can be reached.
 * Throws the 400 for a header that cannot be sent.
 */
export function runTargets(
  given: z.output<typeof givenTargetsSchema>,
  sandbox: { network: VirtualNetwork; limits: Parameters<typeof openInSandbox>[1] } | undefined,
): OpenTarget {
  const answers = given.map(({ target, status, headers, body }) => ({
    href: new URL(target).href,
    reply: {
      kind: 'answered' as const,
      status,
      reason: standardReason(status),
      headers: headerPairs(headers),
      body: Buffer.from(body, 'utf8'),
    },
  }));
  const openSandbox = sandbox && openInSandbox(sandbox.network, sandbox.limits);
  return async (call, signal) => {
    const found = answers.find(({ href }) => href === call.target);
    if (found) return found.reply;
    if (openSandbox) return openSandbox(call, signal);
    const known = answers.length === 0 ? 'none' : answers.map(({ href }) => href).join(', ');
    return {
      kind: 'failed',
      reason: `this run has no answer for it; the run gives answers for: ${known}. The servers of a sandbox are reached with its token`,
    };
  };
}
