// Makes one side of a symptom real: switches, product and definition into the reader's sandbox, then its clients one after the other.
import { z } from 'zod/mini';
import { logLines } from '../gateway-log/log-view.ts';
import { ask } from '../lab-server/ask.ts';
import { LabProblem } from '../lab-server/lab-problem.ts';
import { deploy } from '../sandbox/deploy.ts';
import { withSandbox } from '../sandbox/own-sandbox.ts';
import type { SandboxRecord } from '../sandbox/sandbox-record.ts';
import { endpointOf, gatewayPath } from '../websocket-client/endpoint.ts';
import { runInBrowser } from './browser-client.ts';
import { ConnectionEvents } from './connection-events.ts';
import type { Evidence } from './evidence.ts';
import type { Scenario, Side, SideTexts, SymptomClient } from './scenario.ts';

const probeAnswer = z.object({
  opened: z.boolean(),
  connection: z.nullable(z.string()),
  lines: z.array(z.string()),
});
const sandboxAnswer = z.object({ gateway: z.object({ wss: z.string() }) });
const anything = z.looseObject({});

/** `told` gets what is being done, and each evidence as it is there. Throws a LabProblem; gives the gateway's URL with organization and catalog. */
export async function runSide(
  { api }: Scenario,
  side: Side,
  texts: SideTexts,
  signal: AbortSignal,
  told: (step: { doing: string } | { evidence: Evidence }) => void,
): Promise<string> {
  told({ doing: 'Deploying …' });
  await withSandbox(
    (sandbox) => put(sandbox, '/settings', 'application/json', JSON.stringify(side.settings ?? {}), signal),
    signal,
  );
  const { sandbox, result } = await deploy(api, texts.definition, signal);
  if (!('endpoints' in result))
    throw new LabProblem(422, 'symptom-definition', result.error.message, 'Tell the authors of this page.');
  if (texts.product !== null)
    await put(sandbox, `/products/${api}`, 'application/yaml', texts.product, signal);

  const log = new ConnectionEvents(sandbox);
  try {
    for (const client of side.clients) {
      told({
        doing: client.client === 'browser' ? 'Your browser connects …' : `${client.client} connects …`,
      });
      const since = await log.newest();
      told({ evidence: { client, ...(await runClient(client, sandbox, log, since, signal)) } });
    }
  } finally {
    log.stop();
  }
  return gatewayOf(sandbox, signal);
}

/** Not from the endpoints, of which an API without wss has none. */
async function gatewayOf(sandbox: SandboxRecord, signal: AbortSignal): Promise<string> {
  const asked = { method: 'GET', path: pathOf(sandbox, ''), token: sandbox.token, signal } as const;
  return (await ask(asked, sandboxAnswer, [200])).gateway.wss;
}

async function runClient(
  client: SymptomClient,
  sandbox: SandboxRecord,
  log: ConnectionEvents,
  since: number,
  signal: AbortSignal,
): Promise<Omit<Evidence, 'client'>> {
  if (client.client === 'browser') {
    const seen = await runInBrowser(client, sandbox.organization);
    const path = gatewayPath(location.origin, endpointOf(location.origin, sandbox.organization, client.path));
    return { ...seen, log: path === null ? [] : logLines(await log.ofBrowser(path, since)) };
  }
  const { organization, token } = sandbox;
  const { connection, ...seen } = await ask(
    {
      method: 'POST',
      path: `/api/sandboxes/${encodeURIComponent(organization)}/probes`,
      body: { type: 'application/json', text: JSON.stringify(client) },
      token,
      signal,
    },
    probeAnswer,
    [200],
  );
  return { ...seen, log: connection === null ? [] : logLines(await log.ofConnection(connection)) };
}

/** Takes all of it out of the sandbox again: switches at their defaults, no API and no product. */
export async function undo({ api }: Scenario, product: boolean, signal: AbortSignal): Promise<void> {
  await withSandbox(async (sandbox) => {
    await put(sandbox, '/settings', 'application/json', '{}', signal);
    await remove(sandbox, `/apis/${api}`, signal);
    if (product) await remove(sandbox, `/products/${api}`, signal);
  }, signal);
}

function pathOf({ organization }: SandboxRecord, rest: string): string {
  return `/api/sandboxes/${encodeURIComponent(organization)}${rest}`;
}

async function put(
  sandbox: SandboxRecord,
  rest: string,
  type: 'application/json' | 'application/yaml',
  text: string,
  signal: AbortSignal,
): Promise<void> {
  await ask(
    { method: 'PUT', path: pathOf(sandbox, rest), body: { type, text }, token: sandbox.token, signal },
    anything,
    [200],
  );
}

/** What is not there needs no removing. */
async function remove(sandbox: SandboxRecord, rest: string, signal: AbortSignal): Promise<void> {
  try {
    await ask(
      { method: 'DELETE', path: pathOf(sandbox, rest), token: sandbox.token, signal },
      z.null(),
      [204],
    );
  } catch (error) {
    if (!(error instanceof LabProblem && error.status === 404)) throw error;
  }
}
