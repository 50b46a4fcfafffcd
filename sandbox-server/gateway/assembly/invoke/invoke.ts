// The policy `invoke`: calls a server of the sandbox, and the answer becomes the message, or a variable of its own.
import { errorResponse } from '../../handshake/error-response.ts';
import { headerValue } from '../../handshake/headers.ts';
import type { ResponseHead } from '../../handshake/response-rules.ts';
import { type ControlReading, readControl } from '../../target/control.ts';
import { withParameters } from '../../target/parameters.ts';
import { endToEnd } from '../../target/relayed.ts';
import { readTarget, type Target } from '../../target/url.ts';
import type { PolicyNode } from '../../types.ts';
import { failed } from '../failure.ts';
import { writeAnswer } from '../named-message.ts';
import type { Policy, PolicyEnd, PolicyKind, Transaction } from '../policy.ts';
import { PropertyError } from '../property-error.ts';
import { propertyReader } from '../property-reader.ts';
import { resolveText } from '../variables.ts';
import { type Call, callTarget } from './call.ts';
import { type InvokeProperties, invokeProperties } from './properties.ts';

/** A redirect that leads on and on is given up (lab's choice; the real limit is not published). */
const MAX_REDIRECTS = 5;

const read = propertyReader(invokeProperties, ['target-url', 'header-control', 'parameter-control']);

const run: Policy = async (transaction, node, { limits }) => {
  const properties = read(node, transaction);
  const { headerControl, parameterControl } = controlsOf(node, properties);
  if ('fault' in headerControl) throw new PropertyError(`invoke: header-control ${headerControl.fault}`);
  if ('fault' in parameterControl)
    throw new PropertyError(`invoke: parameter-control ${parameterControl.fault}`);

  let target = targetOf(properties, transaction);
  if ('fault' in target) return unreachable(target.fault.message, properties, transaction);
  let url = withParameters(target.url, transaction.request.path, parameterControl.control);
  const { host } = url;
  const { verb } = properties;
  let method = verb.toLowerCase() === 'keep' ? transaction.request.method : verb;
  for (let redirects = 0; ; redirects += 1) {
    const call: Call = {
      url,
      port: target.port,
      method,
      properties,
      headerControl: headerControl.control,
      withCredentials: url.host === host,
    };
    const answer = await callTarget(call, transaction, limits);
    if (answer.kind === 'failed') return unreachable(answer.reason, properties, transaction);
    const location = properties['follow-redirects'] ? redirectOf(answer.head) : undefined;
    if (location === undefined || redirects >= MAX_REDIRECTS)
      return answered(answer.head, answer.body, properties, transaction);
    target = readTarget(
      URL.parse(location, url.href)?.href ?? location,
      transaction.organization.network.elsewhere,
    );
    if ('fault' in target) return unreachable(target.fault.message, properties, transaction);
    url = target.url;
    // As clients do (RFC 9110 §15.4): only 307 and 308 keep the method.
    if (answer.head.status < 307 && method !== 'HEAD') method = 'GET';
  }
};

export const invoke: PolicyKind = {
  name: 'invoke',
  versions: ['2.0.0', '2.1.0', '2.2.0', '2.3.0'],
  properties: invokeProperties,
  run,
};

interface Controls {
  headerControl: ControlReading;
  parameterControl: ControlReading;
}

/** Kept as long as the deployed policy itself: patterns are compiled once. */
const controls = new WeakMap<PolicyNode, Controls>();

function controlsOf(node: PolicyNode, properties: InvokeProperties): Controls {
  const known = controls.get(node);
  if (known) return known;
  const made = {
    headerControl: readControl(properties['header-control']),
    // Documented default: an empty allowlist.
    parameterControl: readControl(properties['parameter-control'] ?? { type: 'allowlist', values: [] }),
  };
  controls.set(node, made);
  return made;
}

/** @throws PropertyError for what is no address at all: IBM documents that name for an incorrect property of a call. */
function targetOf(properties: InvokeProperties, transaction: Transaction): Target {
  const { text, missing } = resolveText(properties['target-url'] ?? '', transaction);
  const target = readTarget(text, transaction.organization.network.elsewhere);
  if (!('fault' in target) || target.fault.rule === 'target-outside-sandbox') return target;
  const empty = missing.length > 0 ? `$(${missing.join('), $(')}) has no value. ` : '';
  throw new PropertyError(`invoke: ${empty}${target.fault.message}`);
}

function redirectOf({ status, headers }: ResponseHead): string | undefined {
  return [301, 302, 303, 307, 308].includes(status) ? headerValue(headers, 'Location') : undefined;
}

/** Whatever the status, the answer is there for what follows; only an error that `stop-on-error` names ends the assembly. */
function answered(
  head: ResponseHead,
  body: Uint8Array,
  properties: InvokeProperties,
  transaction: Transaction,
): PolicyEnd {
  const { status, reason } = head;
  const answer = { status: { code: status, reason }, headers: endToEnd(head.headers), body };
  writeAnswer(properties.output ?? 'message', answer, transaction);
  const found: string[] = [
    ...(isSoapFault(head, body) ? ['SOAPError'] : []),
    ...(status >= 400 ? ['OperationError'] : []),
  ];
  const name = found.find((each) => properties['stop-on-error'].some((stopping) => stopping === each));
  if (name === undefined) return { kind: 'next' };
  const why = `The target answered ${status} ${reason}`.trimEnd();
  return failed(transaction, {
    name,
    why,
    status: status >= 400 ? status : 500,
    ...(status >= 400 && reason !== '' && { reason }),
    moreInformation: '',
  });
}

/** The client reads the product's own sentence; the reason is in the log (event code as reported for a failed backside). */
function unreachable(why: string, properties: InvokeProperties, transaction: Transaction): PolicyEnd {
  const moreInformation = 'Failed to establish a backside connection';
  const end = failed(transaction, {
    name: 'ConnectionError',
    why,
    status: 500,
    moreInformation,
    code: '0x01130006',
  });
  if (properties['stop-on-error'].includes('ConnectionError')) return end;
  // Without that name the assembly goes on. Lab's choice: the output is the error, so that a client of an API which does nothing with it sees it.
  const { status, reason, headers, body } = errorResponse({ status: 500, moreInformation });
  writeAnswer(
    properties.output ?? 'message',
    { status: { code: status, reason }, headers, body },
    transaction,
  );
  return { kind: 'next' };
}

/** A SOAP envelope with a Fault in it, by content type and text; IBM documents only that there is such an error. */
function isSoapFault({ headers }: ResponseHead, body: Uint8Array): boolean {
  if (!/\bxml\b/i.test(headerValue(headers, 'Content-Type') ?? '')) return false;
  const start = Buffer.from(body.subarray(0, 65_536)).toString('utf8');
  return /<(?:[\w.-]+:)?Envelope[\s>]/.test(start) && /<(?:[\w.-]+:)?Fault[\s/>]/.test(start);
}
