// From the message at the end of an assembly to the head and body that go to the client: the lab's echo rule lives here.
import { STATUS_CODES } from 'node:http';
import type { Header, HttpRequest, Message, MessageHeader, ScriptResult } from '../../gatewayscript/types.ts';
import { errorResponse, type GatewayResponse, rejectedResponse, threwResponse } from './error-response.ts';
import { isFieldValue, isToken } from './headers.ts';
import { TRANSACTION_ID } from './transaction-id.ts';

export interface ResponseOptions {
  /** The API property `lab-echo`: what a 101 keeps of the request's own headers. */
  echo?: 'upgrade' | 'none';
  /** Goes out as `X-Global-Transaction-ID`; without one there is no such header, as in a run that has no transaction. */
  transactionId?: string;
}

/**
 * What the gateway sends for a message. Never throws: a head that cannot be sent becomes a 500 that says what is wrong.
 *
 * `message` starts as a copy of the request; what the real gateway strips from it is not published. Lab's choice
 * (the page "What is emulated" says so): of the request's own headers a 101 keeps `Upgrade` and `Connection`, every other answer
 * none but `Content-Type` while the body is still the request's own. What a policy set goes out as set, right or wrong;
 * only the length of the body is the gateway's own word, or a client could be made to misread where the next answer starts.
 */
export function composeResponse(
  request: HttpRequest,
  message: Message,
  options: ResponseOptions = {},
): GatewayResponse {
  const { transactionId } = options;
  const status = message.status?.code ?? 200;
  const reason = message.status?.reason || (STATUS_CODES[status] ?? '');
  const switches = status === 101;
  const kept = message.headers.filter(
    (header) => header.origin === 'policy' || isEchoed(header, message, options),
  );
  const headers = kept.map(({ name, value }): Header => [name, value]);

  const fault = headFault(status, reason, headers);
  if (fault !== null) return errorResponse({ status: 500, moreInformation: fault, transactionId });

  // After a 101 there is no body: its bytes would be read as frames.
  const bodiless = switches || status === 204 || status === 304;
  const body = bodiless || request.method === 'HEAD' ? new Uint8Array() : message.body;
  const framed = switches ? headers : headers.filter(([name]) => !isFraming(name));
  if (!bodiless) framed.push(['Content-Length', String(message.body.length)]);
  if (
    transactionId !== undefined &&
    !framed.some(([name]) => name.toLowerCase() === TRANSACTION_ID.toLowerCase())
  ) {
    framed.push([TRANSACTION_ID, transactionId]);
  }
  return { status, reason, from: 'message', headers: framed, body };
}

/** What the gateway sends after a script, whatever its outcome. */
export function scriptResponse(
  request: HttpRequest,
  result: ScriptResult,
  options: ResponseOptions = {},
): GatewayResponse {
  if (result.outcome === 'completed') return composeResponse(request, result.message, options);
  if (result.outcome === 'rejected') {
    const response = rejectedResponse(result.message, result.error, options.transactionId);
    const fault = headFault(response.status, response.reason, response.headers);
    if (fault === null) return response;
  }
  return threwResponse(options.transactionId);
}

function isEchoed({ name }: MessageHeader, message: Message, options: ResponseOptions): boolean {
  const lower = name.toLowerCase();
  if (message.status?.code === 101)
    return options.echo !== 'none' && (lower === 'upgrade' || lower === 'connection');
  return lower === 'content-type' && message.bodyOrigin === 'request' && message.body.length > 0;
}

export function isFraming(name: string): boolean {
  const lower = name.toLowerCase();
  return lower === 'content-length' || lower === 'transfer-encoding';
}

/** Bytes of reason and headers; the parsers of Node.js and of browsers refuse heads not much larger (lab's choice). */
const RESPONSE_HEAD_MAX_BYTES = 16_384;

/** Why a head cannot be sent, or `null`. A line break in a value would let a script write headers, or a second response, of its own. */
function headFault(status: number, reason: string, headers: readonly Header[]): string | null {
  if (!Number.isInteger(status) || status < 101 || status > 599)
    return `The status ${status} is none that a response can have.`;
  // 102 to 199 announce a response that is still to come (RFC 9110 §15.2), so the client would wait for it.
  if (status > 101 && status < 200)
    return `The status ${status} is interim; a response needs a final one, or 101.`;
  if (!isFieldValue(reason)) return 'The reason phrase holds characters that a status line cannot carry.';
  let bytes = reason.length;
  for (const [name, value] of headers) {
    bytes += name.length + value.length + 4;
    if (bytes > RESPONSE_HEAD_MAX_BYTES)
      return `The response head is over ${RESPONSE_HEAD_MAX_BYTES} bytes with the header ${name.slice(0, 100)}.`;
    if (!isToken(name)) return `The header name ${JSON.stringify(name)} is not a token.`;
    if (!isFieldValue(value))
      return `The value of the header ${name} holds characters that a head cannot carry.`;
  }
  return null;
}
