// What the page is told of a run: the engine's result, with the response that the gateway would make of it.
import type { z } from '@hono/zod-openapi';
import { checkHandshake } from '../gateway/handshake/check.ts';
import { scriptResponse } from '../gateway/handshake/response.ts';
import { formatLogLine } from '../gatewayscript/log-line.ts';
import type { HttpRequest, JsonObject, ScriptResult } from '../gatewayscript/types.ts';
import type { runResultSchema } from './run-result.ts';

export type RunAnswer = z.input<typeof runResultSchema>;

/**
 * The answer of `POST /api/runs`. Response and rules are those of the gateway's own functions, so that both say the same;
 * `lab-echo` acts among the run's properties as it does among an API's. `origin` is what the log lines say of the run.
 */
export function runAnswer(
  request: HttpRequest,
  result: ScriptResult,
  properties: JsonObject,
  origin: { transactionId: string; client: string },
): RunAnswer {
  const at = new Date();
  const echo = properties['lab-echo'] === 'none' ? 'none' : 'upgrade';
  const response = scriptResponse(request, result, { echo });
  const { status, reason } = response;
  return {
    outcome: result.outcome,
    response: {
      status,
      reason,
      headers: response.headers.map(([name, value]): [string, string] => [name, value]),
      body: Buffer.from(response.body).toString('utf8'),
    },
    console: result.console,
    log: result.console.map((entry) => formatLogLine(entry, { ...origin, at, domain: 'apiconnect' })),
    truncated: result.truncated,
    trace: result.trace,
    error: result.error,
    handshake: checkHandshake(request, response),
    durationMs: result.durationMs,
  };
}
