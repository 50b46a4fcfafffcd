// The policy `websocket-upgrade`: asks the target to switch protocols, and ends the assembly with what came of it.
import { freshKey } from '../handshake/accept.ts';
import { errorResponse } from '../handshake/error-response.ts';
import { headerValue } from '../handshake/headers.ts';
import { responseRules } from '../handshake/response-rules.ts';
import { askTarget, type TargetAnswer } from '../target/answer.ts';
import { targetHeaders } from '../target/headers.ts';
import { withParameters } from '../target/parameters.ts';
import { relayedResponse, switchedHead } from '../target/relayed.ts';
import { secured } from '../target/secured.ts';
import { readTarget } from '../target/url.ts';
import { listAt } from './branches.ts';
import type { Policy, PolicyEnd, PolicyKind, PolicyParts, Transaction } from './policy.ts';
import { refuseHandshake } from './refuse-handshake.ts';
import { upgradeProperties } from './upgrade-properties.ts';
import { type ReadyUpgrade, readyUpgrade } from './upgrade-ready.ts';
import { resolveText } from './variables.ts';

/** A redirect that leads on and on is given up (lab's choice; the real limit is not published). */
const MAX_REDIRECTS = 5;

const run: Policy = async (transaction, node, parts) => {
  const refusal = refuseHandshake(transaction);
  if (refusal) return refusal;

  const upgrade = readyUpgrade(node);
  const { properties, parameterControl } = upgrade;
  const resolved = resolveText(properties['target-url'] ?? '', transaction);
  let target = readTarget(resolved.text);
  if ('fault' in target && resolved.missing.length > 0) {
    return failed(transaction, `$(${resolved.missing.join('), $(')}) has no value. ${target.fault.message}`);
  }
  for (let redirects = 0; ; redirects += 1) {
    if ('fault' in target) return failed(transaction, target.fault.message);
    if ('fault' in parameterControl)
      return failed(transaction, `parameter-control ${parameterControl.fault}`);
    const url = withParameters(target.url, transaction.request.path, parameterControl.control);
    const answer = await ask(url, target.port, transaction, upgrade, parts);
    const location = properties['follow-redirects'] ? redirectOf(answer) : undefined;
    if (location === undefined || redirects >= MAX_REDIRECTS) return ended(answer, transaction);
    target = readTarget(URL.parse(location, url.href)?.href ?? location);
  }
};

export const websocketUpgrade: PolicyKind = {
  name: 'websocket-upgrade',
  versions: ['2.0.0'],
  properties: upgradeProperties,
  branches: (properties) =>
    ['request-assembly', 'response-assembly'].map((name) => ({
      path: [name, 'execute'],
      members: listAt(properties[name], 'execute'),
    })),
  run,
};

interface Asked {
  answer: TargetAnswer;
  /** The target's head kept every rule that a client checks (RFC 6455 §4.1), or the first that it broke. */
  broken: string | null;
}

async function ask(
  url: URL,
  port: number,
  transaction: Transaction,
  { properties, headerControl }: ReadyUpgrade,
  { limits }: PolicyParts,
): Promise<Asked> {
  if ('fault' in headerControl)
    return { answer: { kind: 'failed', reason: `header-control ${headerControl.fault}` }, broken: null };
  const { username, password } = properties;
  const host = headerValue(transaction.request.headers, 'Host') ?? '';
  const headers = targetHeaders({
    url,
    message: transaction.message.headers,
    control: headerControl.control,
    key: transaction.upgradable ? freshKey() : null,
    remote: transaction.remote,
    transactionId: transaction.id,
    credentials: username
      ? {
          username: resolveText(username, transaction).text,
          password: resolveText(password ?? '', transaction).text,
        }
      : null,
    forwarded: properties['inject-proxy-headers'] ? { host, port: /:(\d+)$/.exec(host)?.[1] ?? '' } : null,
  });
  const path = `${url.pathname}${url.search}`;
  const { network } = transaction.organization;
  transaction.emit({ type: 'target-request', url: url.href, method: 'GET', headers });
  const answer = await askTarget({
    method: 'GET',
    path,
    headers,
    connect: () =>
      url.protocol === 'https:' ? secured(network.connect(port), url.hostname) : network.connect(port),
    timeoutMs: properties.timeout * 1_000,
    headMaxBytes: limits.HEAD_MAX_BYTES,
    bodyMaxBytes: limits.BODY_MAX_BYTES,
    signal: transaction.signal,
  });
  if (answer.kind === 'failed') return { answer, broken: null };

  const { status, reason, headers: answered } = answer.head;
  transaction.emit({ type: 'target-response', status, reason, headers: [...answered] });
  log(transaction, 'info', null, `[apigw] HTTP response code ${status} for '${url.href}'`);
  if (status !== 101) return { answer, broken: null };
  // Without Upgrade Node takes a 101 for an answer like any other.
  const broken = responseRules({ method: 'GET', path, headers }, answer.head).find((rule) => !rule.passed);
  return { answer, broken: broken?.message ?? null };
}

function ended({ answer, broken }: Asked, transaction: Transaction): PolicyEnd {
  if (answer.kind === 'failed') return failed(transaction, answer.reason);
  if (broken !== null) {
    if (answer.kind === 'switched') answer.stream.destroy();
    return failed(transaction, `The target's 101 breaks the WebSocket protocol. ${broken}`);
  }
  if (answer.kind === 'switched') {
    const clientKey = headerValue(transaction.request.headers, 'Sec-WebSocket-Key') ?? '';
    const head = switchedHead(answer.head, clientKey, transaction.id);
    return { kind: 'switch', head, target: answer.stream, rest: answer.rest };
  }
  const message = `The target answered ${answer.head.status} and did not switch protocols.`;
  if (transaction.upgradable) {
    log(transaction, 'warn', '0x01130051', `The service does not support WebSockets. ${message}`);
  } else
    log(
      transaction,
      'notice',
      null,
      `The request asks for no upgrade and was forwarded as it is. ${message}`,
    );
  const response = relayedResponse(answer.head, answer.body, transaction.id);
  return { kind: 'answer', response, message };
}

/** The client reads the product's own sentence; the reason is in the log (event code as reported for a failed backside). */
function failed(transaction: Transaction, why: string): PolicyEnd {
  const sentence = 'Failed to establish a backside connection';
  log(transaction, 'error', '0x01130006', `${sentence}: ${why}`);
  const response = errorResponse({ status: 500, moreInformation: sentence, transactionId: transaction.id });
  return { kind: 'error', error: { name: 'ConnectionError', message: why }, response };
}

function redirectOf({ answer }: Asked): string | undefined {
  if (answer.kind !== 'answered' || ![301, 302, 303, 307, 308].includes(answer.head.status)) return undefined;
  return headerValue(answer.head.headers, 'Location');
}

function log(
  transaction: Transaction,
  level: 'error' | 'warn' | 'notice' | 'info',
  code: string | null,
  text: string,
): void {
  transaction.emit({ type: 'gateway-log', level, code, text });
}
