// The policy `websocket-upgrade`: asks the target to switch protocols, and ends the assembly with what came of it.
import { errorResponse } from '../handshake/error-response.ts';
import { headerValue } from '../handshake/headers.ts';
import { UPGRADE_EVENTS } from '../handshake/upgrade-events.ts';
import { withEncodedPlus, withParameters } from '../target/parameters.ts';
import { relayedResponse, switchedHead } from '../target/relayed.ts';
import { readTarget } from '../target/url.ts';
import type { MessageRules } from '../tunnel/messages/message-rules.ts';
import { listAt } from './branches.ts';
import { earlierFirmware } from './earlier-firmware.ts';
import { messageRules } from './message-assembly.ts';
import type { Policy, PolicyEnd, PolicyKind, Transaction } from './policy.ts';
import { propertyReader } from './property-reader.ts';
import { refuseHandshake } from './refuse-handshake.ts';
import { type Asked, askToSwitch } from './upgrade-ask.ts';
import { upgradeControls } from './upgrade-controls.ts';
import { upgradeProperties } from './upgrade-properties.ts';
import { upgradeTarget } from './upgrade-target.ts';

/** A redirect that leads on and on is given up (lab's choice; the real limit is not published). */
const MAX_REDIRECTS = 5;

/** The lists of policies inside it, in the order of its branches. */
const ASSEMBLIES = ['request-assembly', 'response-assembly'] as const;

const read = propertyReader(upgradeProperties, ['target-url', ...ASSEMBLIES]);

const run: Policy = async (transaction, node, parts) => {
  const refusal = refuseHandshake(transaction);
  if (refusal) return refusal;

  const properties = read(node, transaction);
  const controls = upgradeControls(properties);
  const messages = transaction.upgradable ? messageRules(transaction, node.branches, parts) : null;
  const first = upgradeTarget(properties, transaction);
  if ('fault' in first) return failed(transaction, first.fault.message);
  // A redirect names its own query; and another server than the first does not get the password.
  let url = withParameters(first.url, transaction.request.path, controls.parameter);
  let { port } = first;
  for (let redirects = 0; ; redirects += 1) {
    if (properties['encode-plus-char']) url = withEncodedPlus(url);
    const withCredentials = url.host === first.url.host;
    const upgrade = { url, port, properties, control: controls.header, withCredentials, messages };
    const asked = await askToSwitch(upgrade, transaction, parts.limits);
    const location = properties['follow-redirects'] ? redirectOf(asked) : undefined;
    if (location === undefined || redirects >= MAX_REDIRECTS) return ended(asked, transaction, messages);
    const next = readTarget(
      URL.parse(location, url.href)?.href ?? location,
      transaction.organization.network.elsewhere,
    );
    if ('fault' in next) return failed(transaction, next.fault.message);
    ({ url, port } = next);
  }
};

export const websocketUpgrade: PolicyKind = {
  name: 'websocket-upgrade',
  versions: ['2.0.0'],
  properties: upgradeProperties,
  branches: (properties) =>
    ASSEMBLIES.map((name) => ({
      path: [name, 'execute'],
      members: listAt(properties[name], 'execute'),
    })),
  run,
};

function ended(
  { answer, broken }: Asked,
  transaction: Transaction,
  messages: MessageRules | null,
): PolicyEnd {
  if (answer.kind === 'failed') return failed(transaction, answer.reason);
  if (transaction.upgradable && answer.httpVersion !== '1.1') {
    log(transaction, 'error', ...UPGRADE_EVENTS.http11Response);
    if (answer.kind === 'switched') {
      answer.stream.destroy();
      return failed(transaction, `The target's 101 is of HTTP/${answer.httpVersion}.`);
    }
  }
  if (broken !== null) {
    if (answer.kind === 'switched') answer.stream.destroy();
    return failed(transaction, `The target's 101 breaks the WebSocket protocol. ${broken}`);
  }
  if (answer.kind === 'switched') {
    const fault = earlierFirmware(transaction);
    if (fault) {
      answer.stream.destroy();
      return fault;
    }
    const clientKey = headerValue(transaction.request.headers, 'Sec-WebSocket-Key') ?? '';
    const head = switchedHead(answer.head, clientKey, transaction.id);
    return { kind: 'switch', head, target: answer.stream, rest: answer.rest, messages };
  }
  const message = `The target answered ${answer.head.status} and did not switch protocols.`;
  if (transaction.upgradable) {
    log(transaction, 'warn', '0x01130051', `The service does not support WebSockets. ${message}`);
  } else log(transaction, 'notice', null, `The request was forwarded without an upgrade. ${message}`);
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
