// Asks a target to switch protocols: with which head, and whether its 101 keeps the rules.
import type { Header } from '../../gatewayscript/types.ts';
import type { LeftOutRule } from '../handshake/header-rules.ts';
import { headerValue } from '../handshake/headers.ts';
import { freshKey } from '../handshake/key.ts';
import { responseRules } from '../handshake/response-rules.ts';
import type { GatewayLimits } from '../limits.ts';
import { askTarget, type TargetAnswer } from '../target/answer.ts';
import { connectTarget } from '../target/connect.ts';
import type { Control } from '../target/control.ts';
import { targetHeaders } from '../target/headers.ts';
import type { MessageRules } from '../tunnel/messages/message-rules.ts';
import type { Transaction } from './policy.ts';
import type { UpgradeProperties } from './upgrade-properties.ts';

export interface Upgrade {
  url: URL;
  /** As `readTarget` tells it. */
  port: number | null;
  properties: UpgradeProperties;
  /** header-control. */
  control: Control;
  /** Whether this server gets username and password. */
  withCredentials: boolean;
  messages: MessageRules | null;
}

interface LeftOut {
  name: string;
  rule: LeftOutRule;
}

export interface Asked {
  answer: TargetAnswer;
  /** The target's head kept every rule that a client checks (RFC 6455 §4.1), or the first that it broke. */
  broken: string | null;
}

export async function askToSwitch(
  upgrade: Upgrade,
  transaction: Transaction,
  limits: Pick<GatewayLimits, 'HEAD_MAX_BYTES' | 'BODY_MAX_BYTES'>,
): Promise<Asked> {
  const { url, port, properties } = upgrade;
  const { network } = transaction.organization;
  const path = `${url.pathname}${url.search}`;
  const { headers, leftOut } = headOf(upgrade, transaction);
  if (properties['tls-profile']) log(transaction, 'notice', profileSentence(properties['tls-profile'], url));
  transaction.emit({ type: 'target-request', url: url.href, method: 'GET', headers, leftOut });
  const answer = await askTarget({
    method: 'GET',
    path,
    headers,
    connect: () => connectTarget(network, { url, port }),
    timeoutMs: properties.timeout * 1_000,
    headMaxBytes: limits.HEAD_MAX_BYTES,
    bodyMaxBytes: limits.BODY_MAX_BYTES,
    held: network.held,
    signal: transaction.signal,
  });
  if (answer.kind === 'failed') return { answer, broken: null };

  const { status, reason, headers: answered } = answer.head;
  transaction.emit({ type: 'target-response', status, reason, headers: [...answered] });
  log(transaction, 'info', `[apigw] HTTP response code ${status} for '${url.href}'`);
  if (status !== 101) return { answer, broken: null };
  // Without Upgrade Node takes a 101 for an answer like any other.
  const broken = responseRules({ method: 'GET', path, headers }, answer.head).find((rule) => !rule.passed);
  return { answer, broken: broken?.message ?? null };
}

/** Who reads messages cannot let client and target agree on compressing them. */
const EXTENSIONS = 'sec-websocket-extensions';

/** The head, and the headers of the message that do not go along for a reason of this policy's. */
function headOf(
  { url, properties, control, withCredentials, messages }: Upgrade,
  transaction: Transaction,
): { headers: Header[]; leftOut: LeftOut[] } {
  const { username, password } = properties;
  const host = headerValue(transaction.request.headers, 'Host') ?? '';
  const { headers } = transaction.message;
  const passed = messages ? headers.filter(({ name }) => name.toLowerCase() !== EXTENSIONS) : headers;
  const leftOut: LeftOut[] = [];
  if (passed.length < headers.length) {
    leftOut.push({ name: EXTENSIONS, rule: 'messages-read' });
    log(
      transaction,
      'notice',
      'Messages are read on this connection, so the client’s offer of extensions, such as compression, does not go to the target (lab’s choice).',
    );
  }
  const controlTold = (name: string) => {
    const passes = control(name);
    if (!passes) leftOut.push({ name, rule: 'header-control' });
    return passes;
  };
  const written = targetHeaders({
    url,
    message: passed,
    control: controlTold,
    key: transaction.upgradable ? freshKey() : null,
    remote: transaction.remote,
    transactionId: transaction.id,
    credentials: username && withCredentials ? { username, password: password ?? '' } : null,
    forwarded: properties['inject-proxy-headers'] ? { host, port: /:(\d+)$/.exec(host)?.[1] ?? '' } : null,
  });
  return { headers: written, leftOut };
}

function profileSentence(profile: string, url: URL): string {
  return url.protocol === 'https:'
    ? `tls-profile ${profile}: the lab has no TLS profiles. It speaks TLS to the target and does not check its certificate.`
    : `tls-profile ${profile} does nothing here: ${url.origin} is spoken to without TLS.`;
}

function log(transaction: Transaction, level: 'notice' | 'info', text: string): void {
  transaction.emit({ type: 'gateway-log', level, code: null, text });
}
