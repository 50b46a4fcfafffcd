// The messages that `input` and `output` name: `message`, the request, and those that policies have made.
import { headersAsObject } from '../../gatewayscript/context/header-list.ts';
import type { Header, JsonObject, JsonValue, Message } from '../../gatewayscript/types.ts';
import { headerValue } from '../handshake/headers.ts';
import type { Transaction } from './policy.ts';
import { writeVariable } from './variable.ts';

export type Tree = JsonObject | JsonValue[];

export interface NamedMessage {
  contentType: string;
  body: Uint8Array;
  /** The body as a tree, where one made it so. */
  parsed: Tree | undefined;
}

/** `null` where no policy has made a message of that name. */
export function readMessage(name: string, { message, request, variables }: Transaction): NamedMessage | null {
  if (name === 'message') {
    const headers = message.headers.map(({ name, value }): Header => [name, value]);
    return { contentType: contentType(headers), body: message.body, parsed: message.parsed };
  }
  if (name === 'request')
    return { contentType: contentType(request.headers), body: request.body, parsed: undefined };
  const made = Object.hasOwn(variables, name) ? variables[name] : undefined;
  if (typeof made !== 'object' || made === null || Array.isArray(made)) return null;
  const { headers, body } = made;
  const listed =
    typeof headers === 'object' && headers !== null
      ? Object.entries(headers).map(([name, value]): Header => [name, String(value)])
      : [];
  const parsed = typeof body === 'object' && body !== null ? body : undefined;
  const text = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body);
  return { contentType: contentType(listed), body: Buffer.from(text, 'utf8'), parsed };
}

/** Puts a tree in place of a message's body. `body` is its text: that of the input where nothing changed it. */
export function writeTreeBody(name: string, tree: Tree, body: Uint8Array, transaction: Transaction): void {
  if (name === 'message') transaction.message = { ...transaction.message, body, parsed: tree };
  else writeVariable(`${name}.body`, tree, transaction);
}

export interface AnswerMessage {
  status: { code: number; reason: string };
  headers: readonly Header[];
  body: Uint8Array;
}

/**
 * An answer becomes the message itself, with nothing left of what was there, or a message of its own: its members are those
 * that a script's `context.createMessage` has (lab's choice), its body is text.
 */
export function writeAnswer(name: string, answer: AnswerMessage, transaction: Transaction): void {
  const { status, headers, body } = answer;
  if (name === 'message') {
    const message: Message = {
      status,
      headers: headers.map(([name, value]) => ({ name, value, origin: 'policy' })),
      body,
      bodyOrigin: 'policy',
    };
    transaction.message = message;
    return;
  }
  const text = Buffer.from(body).toString('utf8');
  writeVariable(
    name,
    { status: { ...status }, headers: headersAsObject(headers), ...(text !== '' && { body: text }) },
    transaction,
  );
}

function contentType(headers: readonly Header[]): string {
  return (headerValue(headers, 'Content-Type') ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
}
