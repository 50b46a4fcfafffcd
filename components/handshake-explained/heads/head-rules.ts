// The rules of RFC 6455 for two parsed heads, each with the lines that it is about.
import { headerValues } from '../../../sandbox-server/gateway/handshake/headers.ts';
import { type RequestHead, requestRules } from '../../../sandbox-server/gateway/handshake/request-rules.ts';
import {
  type ResponseHead,
  responseRules,
} from '../../../sandbox-server/gateway/handshake/response-rules.ts';
import { type HandshakeRule, judged } from '../../../sandbox-server/gateway/handshake/rules.ts';
import type { Header } from '../../../sandbox-server/gatewayscript/types.ts';
import type { Head, HeadKind } from './parse-head.ts';

export interface PlacedRule extends HandshakeRule {
  head: HeadKind;
  /** Where it is kept or broken; for a field that is missing the line where the head ends. */
  lines: number[];
}

/** The field that a rule of gateway/handshake is about; `null` for the start line. */
export const FIELD_OF: Readonly<Record<string, string | null>> = {
  'request-method': null,
  'request-http-version': null,
  'request-host': 'Host',
  'request-upgrade': 'Upgrade',
  'request-connection': 'Connection',
  'request-key': 'Sec-WebSocket-Key',
  'request-version': 'Sec-WebSocket-Version',
  'request-subprotocols': 'Sec-WebSocket-Protocol',
  'response-status': null,
  'response-upgrade': 'Upgrade',
  'response-connection': 'Connection',
  'response-accept': 'Sec-WebSocket-Accept',
  'response-subprotocol': 'Sec-WebSocket-Protocol',
  'response-extensions': 'Sec-WebSocket-Extensions',
  'response-version': 'Sec-WebSocket-Version',
};

/** Faults of one head that are told, so that no text makes the page endless. */
const TOLD_FAULTS = 6;

export function headersOf({ fields }: Head): Header[] {
  return fields.map(({ name, value }) => [name, value]);
}

export function requestOf(head: Head): RequestHead {
  const [method = '', path = '', version = ''] = head.start.split(' ');
  return { method, path, httpVersion: version.replace(/^HTTP\//, '') || '0.9', headers: headersOf(head) };
}

export function responseOf(head: Head): ResponseHead {
  const [, status = '', reason = ''] = /^\S* (\d{3})(?: (.*))?$/s.exec(head.start) ?? [];
  return { status: Number(status), reason, headers: headersOf(head) };
}

/** The client's key as the other side reads it: the first, without the white space around it. */
export function keyOf(request: Head): string | undefined {
  return headerValues(headersOf(request), 'Sec-WebSocket-Key')[0];
}

/** Every rule, passed or failed: the request's, then the response's, each after the rule that it is HTTP at all (§4.1, §4.2.2). */
export function placedRules(request: Head, response: Head): PlacedRule[] {
  const asked = requestOf(request);
  return [
    ...grammar(request, '4.1'),
    ...requestRules(asked).map((rule) => placed(rule, request)),
    ...grammar(response, '4.2.2'),
    ...responseRules(asked, responseOf(response)).map((rule) => placed(rule, response)),
  ];
}

function grammar({ kind, faults }: Head, section: string): PlacedRule[] {
  const rule = `${kind}-head`;
  if (faults.length === 0)
    return [
      {
        ...judged(rule, section, true, `The ${kind} is a valid head of HTTP/1.1`, ''),
        head: kind,
        lines: [],
      },
    ];
  return faults.slice(0, TOLD_FAULTS).map(({ line, found, expected }) => ({
    ...judged(rule, section, false, found, expected),
    head: kind,
    lines: [line],
  }));
}

function placed(rule: HandshakeRule, { kind, fields, endLine }: Head): PlacedRule {
  const name = FIELD_OF[rule.rule];
  const lines = name
    ? fields.filter((field) => field.name.toLowerCase() === name.toLowerCase()).map(({ line }) => line)
    : [1];
  const missing = endLine === null ? [] : [endLine];
  return { ...rule, head: kind, lines: lines.length > 0 ? lines : missing };
}
