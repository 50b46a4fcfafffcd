// `message.*`: the message that becomes the response. It starts as the job's message, and remembers what the script changed.
import { GuestError } from '../host/guest-error.ts';
import { MESSAGE_MAX_HEADERS } from '../limits.ts';
import type { JsonObject, JsonValue, Message, MessageHeader } from '../types.ts';
import {
  checkHeaderName,
  checkHeaderValues,
  headersAsObject,
  headerValue,
  withHeader,
} from './header-list.ts';
import type { PathKey } from './path.ts';
import { parseReason, parseStatus, standardReason } from './status.ts';
import { readTree, writeTree } from './tree.ts';
import { type ContextValue, isObject, jsonOf } from './value.ts';

export interface MessageVariables {
  /** Keys without the leading `message`; `undefined` where nothing is set. */
  read(keys: readonly PathKey[]): ContextValue | undefined;
  /** `false` where the name is none of the message's own, and an ordinary variable may take it. */
  write(keys: readonly PathKey[], value: ContextValue | undefined, call: string): boolean;
  clear(keys: readonly PathKey[]): boolean;
  /** The message as the script left it. */
  result(): Message;
}

export function createMessageVariables(start: Message): MessageVariables {
  let code = start.status?.code;
  let reason = start.status?.reason;
  let headers: readonly MessageHeader[] = start.headers;
  let body: ContextValue | undefined = start.parsed ?? (start.body.length > 0 ? start.body : undefined);
  let bodyOrigin = start.bodyOrigin;

  const pairs = () => headers.map(({ name, value }) => [name, value] as const);
  const currentReason = () => reason ?? (code === undefined ? undefined : standardReason(code));
  const statusObject = () => ({
    ...(code !== undefined && { code }),
    ...(currentReason() !== undefined && { reason: currentReason() ?? '' }),
  });

  function setStatus(value: unknown, call: string): void {
    const parsed = parseStatus(value, call);
    code = parsed.code;
    // A reason that was set by hand before stays; the job's own reason belonged to the job's own code.
    reason = parsed.reason ?? (reason === start.status?.reason ? undefined : reason);
  }

  function setHeader(name: unknown, value: unknown, call: string): void {
    const valid = checkHeaderName(name, call);
    const changed = withHeader(headers, valid, checkHeaderValues(valid, value, call));
    if (changed.length > MESSAGE_MAX_HEADERS && changed.length > headers.length) {
      throw new GuestError(
        'RangeError',
        `${call}: a message holds at most ${MESSAGE_MAX_HEADERS} headers; \`${valid}\` would be more`,
      );
    }
    headers = changed;
  }

  function setBody(value: ContextValue | undefined): void {
    body = value;
    bodyOrigin = 'policy';
  }

  return {
    read([member, ...rest]) {
      if (member === undefined)
        return {
          status: statusObject(),
          headers: headersAsObject(pairs()),
          ...(body !== undefined && { body: asJson(body) }),
        };
      if (member === 'status') return rest.length === 0 ? statusObject() : readTree(statusObject(), rest);
      if (member === 'headers')
        return rest.length === 0 ? headersAsObject(pairs()) : headerValue(pairs(), rest.join('.'));
      if (member === 'body' && body !== undefined) return readTree(body, rest);
      return undefined;
    },

    write([member, ...rest], value, call) {
      const name = rest.join('.');
      if (member === undefined)
        throw new GuestError(
          'TypeError',
          `${call}: \`message\` itself cannot be set; set message.status.code, message.headers or message.body`,
        );
      if (member === 'status' && name === 'code') setStatus(value, call);
      else if (member === 'status' && name === 'reason') reason = parseReason(value, call);
      else if (member === 'status' && name === '' && isObject(value)) {
        setStatus(value.code, call);
        if (value.reason !== undefined) reason = parseReason(value.reason, call);
      } else if (member === 'status')
        throw new GuestError('TypeError', `${call}: \`message.status\` has the members code and reason only`);
      else if (member === 'headers' && rest.length > 0) setHeader(name, value, call);
      else if (member === 'headers') {
        if (!isObject(value))
          throw new GuestError('TypeError', `${call}: message.headers takes an object of names and values`);
        const before = headers;
        headers = [];
        try {
          for (const [each, of] of Object.entries(value)) setHeader(each, of, call);
        } catch (error) {
          headers = before;
          throw error;
        }
      } else if (member === 'body' && rest.length === 0) setBody(value);
      else if (member === 'body') {
        const holder = { body: structuredClone(isObject(body) || Array.isArray(body) ? body : {}) };
        writeTree(holder, ['body', ...rest], value ?? null, call);
        setBody(holder.body);
      } else return false;
      return true;
    },

    clear([member, ...rest]) {
      const name = rest.join('.');
      if (member === undefined) {
        code = reason = undefined;
        headers = [];
        setBody(undefined);
      } else if (member === 'status') {
        if (name === '' || name === 'code') code = undefined;
        if (name === '' || name === 'reason') reason = undefined;
      } else if (member === 'headers') {
        headers =
          rest.length === 0
            ? []
            : headers.filter((header) => header.name.toLowerCase() !== name.toLowerCase());
      } else if (member === 'body' && rest.length === 0) setBody(undefined);
      else return false;
      return true;
    },

    result() {
      const status =
        code === undefined && reason === undefined
          ? null
          : { code: code ?? 200, reason: reason ?? standardReason(code ?? 200) };
      const parsed = isObject(body) || Array.isArray(body) ? asTree(body) : undefined;
      const bytes = body === undefined ? new Uint8Array() : bodyBytes(parsed ?? body);
      return { status, headers, body: bytes, ...(parsed && { parsed }), bodyOrigin };
    },
  };
}

function asJson(value: ContextValue): Exclude<ContextValue, Uint8Array> {
  return value instanceof Uint8Array ? Buffer.from(value).toString('utf8') : value;
}

/** A tree as the next policy finds it: JSON alone, bytes in it as text. */
function asTree(value: ContextValue): JsonObject | JsonValue[] {
  return JSON.parse(jsonOf(value));
}

/** The body as the wire takes it: bytes as they are, a string in UTF-8, all else as JSON (IBM documentation). */
function bodyBytes(value: ContextValue): Uint8Array {
  if (value instanceof Uint8Array) return value;
  return new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value));
}
