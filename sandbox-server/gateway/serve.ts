// One request from its arrival to its answer: route, security and plan limits, assembly, then the answer or the tunnel.
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import type { Engine } from '../gatewayscript/types.ts';
import { admit, withHeaders } from './admission.ts';
import type { JsonataProcess } from './assembly/condition/jsonata-process.ts';
import { runAssembly } from './assembly/run.ts';
import type { Connection, Connections } from './connections.ts';
import type { Exchange } from './exchange.ts';
import { catalogRefusal, passHandler } from './handler-switches.ts';
import { errorResponse } from './handshake/error-response.ts';
import { headerPairs } from './handshake/headers.ts';
import { findRoute, parseAddress } from './handshake/routing.ts';
import { newTransactionId } from './handshake/transaction-id.ts';
import { CUT_SENTENCE, type HeldBytes } from './held-bytes.ts';
import type { GatewayLimits } from './limits.ts';
import { guarded, pageRefusal } from './page-guard.ts';
import { createReporter, type Reporter } from './report.ts';
import { beginTransaction, type Refusal, readRequest } from './request.ts';
import { switchProtocols } from './switch.ts';
import type { Tunnel } from './tunnel/tunnel.ts';
import type { Organization, OrganizationDirectory } from './types.ts';

export interface ServeParts {
  directory: OrganizationDirectory;
  engine: Engine;
  limits: GatewayLimits;
  conditions: JsonataProcess;
  log: Pick<Logger, 'info' | 'error'>;
  connections: Connections;
  held: HeldBytes;
  /** Counts a handshake's status. */
  onHandshake(status: number): void;
}

/**
 * Never rejects. When it has settled, the connection is over and nothing of it is left. While it is a tunnel, nothing of its request is
 * kept: so what waits for the end is in closures that share nothing with it.
 */
export function serve(arrived: Exchange, listener: 'tls' | 'site', parts: ServeParts): Promise<void> {
  const id = newTransactionId();
  const address = parseAddress(arrived.request.url ?? '');
  const found = address ? parts.directory.find(address.organization) : undefined;
  const organization = found && found.catalog === address?.catalog ? found : undefined;
  const report = createReporter(id, arrived, listener, organization?.events, parts);
  const exchange = listener === 'tls' ? arrived : guarded(arrived, tellDropped(report));
  const connection = connectionOf(exchange);
  const release = parts.connections.open(
    organization?.name ?? null,
    connection,
    organization?.maxConnections,
  );
  if (!release) {
    refuse(exchange, report, { status: 503, moreInformation: 'Too many open connections', why: null });
    return Promise.resolve();
  }
  const { account } = exchange;
  const { emit } = report;
  const closed = closeOf(exchange.stream);
  const rest = address?.rest ?? '';
  const served = answer({ id, exchange, report, organization, rest, connection, parts }, listener);
  return Promise.all([served, closed]).then(() => {
    if (account.wasCut()) emit({ type: 'gateway-log', level: 'warn', code: null, text: CUT_SENTENCE });
    release();
  });
}

/** Until there is a tunnel. */
function connectionOf({ gone, stream }: Exchange): Connection {
  return { shutDown: () => gone.abort(), destroy: () => stream.destroy() };
}

function closeOf(stream: Duplex): Promise<void> {
  return new Promise((resolve) => {
    stream.once('close', resolve);
    if (stream.closed) resolve();
  });
}

/** Settles when the request has its answer, and where that was a 101, when the tunnel is over. */
async function answer(serving: Serving, listener: 'tls' | 'site'): Promise<void> {
  const { id, exchange, report, organization, connection, parts } = serving;
  const refused = listener === 'site' ? pageRefusal(headerPairs(exchange.request.rawHeaders)) : null;
  try {
    if (refused !== null) {
      refuse(exchange, report, { status: 403, moreInformation: refused, why: null });
    } else if (organization) {
      const tunnel = await serveOrganization({ ...serving, organization });
      if (!tunnel) return;
      connection.shutDown = tunnel.shutDown;
      // Not awaited here: what this function has in hand is free from now on.
      return tunnel.closed;
    } else {
      const moreInformation = 'API not found for requested URI';
      refuse(exchange, report, { status: 404, moreInformation, why: null });
    }
  } catch (error) {
    parts.log.error({ err: error, transaction: id }, 'gateway fault');
    exchange.stream.destroy();
  }
}

const tellDropped = (report: Reporter) => (name: string) => report.log('warn', null, droppedSentence(name));

const droppedSentence = (name: string) =>
  `The header ${name} is left out on the page's port, where it would act on the lab's own page; the gateway's own port sends it.`;

interface Serving {
  id: string;
  exchange: Exchange;
  report: Reporter;
  /** Absent where no organization and catalog has the address. */
  organization: Organization | undefined;
  /** The path after the catalog. */
  rest: string;
  connection: Connection;
  parts: ServeParts;
}

/** The tunnel that it ended in, or `null` where it was answered. */
async function serveOrganization(serving: Serving & { organization: Organization }): Promise<Tunnel | null> {
  const { id, report, organization, rest, parts } = serving;
  // Those of now, also for a request that takes long.
  const { settings } = organization;
  organization.touch();
  report.received();
  const exchange = passHandler(serving.exchange, settings, report);
  if ('refusal' in exchange) return refuse(serving.exchange, report, exchange.refusal);
  const unoffered = catalogRefusal(exchange, settings);
  if (unoffered) return refuse(exchange, report, unoffered);
  // Before its body is read, which can wait where it is.
  const compiling = organization.ready?.();
  // Not awaited without need: a fault in what follows the head is told by whoever reads it.
  const unready = compiling ? await failureOf(compiling) : null;
  if (unready) return refuse(exchange, report, unready);
  const request = await readRequest(exchange, parts.limits);
  if ('refusal' in request) return refuse(exchange, report, request.refusal);

  const route = findRoute(organization.apis(), request.method, rest, exchange.upgradable);
  if ('moreInformation' in route) return refuse(exchange, report, { status: 404, ...route });
  report.matched(route.api, route.operation);

  const admission = admit(request, route, organization, report);
  if ('refusal' in admission) return refuse(exchange, report, admission.refusal);

  const transaction = beginTransaction(
    id,
    exchange,
    request,
    organization,
    route,
    exchange.gone.signal,
    report.emit,
    admission.client,
  );
  const ended = await runAssembly(transaction, parts, (error) =>
    parts.log.error({ err: error, transaction: id }, 'policy fault'),
  );
  const end = withHeaders(ended, admission.headers);
  if (exchange.stream.destroyed) {
    if (end.kind === 'switch') end.target.destroy();
  } else if (end.kind === 'answer' && end.response.status !== 101) {
    // The client may take it slowly.
    exchange.account.add(end.response.body.length);
    report.sent(exchange.answer(end.response), end.response.body);
  } else {
    return switchProtocols(transaction, end, exchange, report, parts);
  }
  return null;
}

/** At the first use of a sandbox after a restart. */
async function failureOf(compiling: Promise<void>): Promise<Refusal | null> {
  try {
    await compiling;
    return null;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { status: 503, moreInformation: 'The APIs are not ready', why, headers: [['Retry-After', '5']] };
  }
}

function refuse(exchange: Exchange, report: Reporter, refusal: Refusal): null {
  const { status, moreInformation, why, headers = [] } = refusal;
  if (why !== null) report.log('error', null, why);
  const response = errorResponse({ status, moreInformation, headers, transactionId: report.id });
  report.sent(exchange.answer(response), response.body);
  return null;
}
