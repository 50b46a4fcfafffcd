// Handshakes to start from: the right one, and one for each thing that people get wrong.
import { acceptHash, acceptValue } from '../../sandbox-server/gateway/handshake/accept.ts';
import { base64 } from '../../sandbox-server/gateway/handshake/key.ts';
import { handshakeText } from '../gatewayscript-editor/handshake-text.ts';
import { hexOf } from './accept/accept-steps.ts';
import type { Heads } from './clients/verdicts.ts';

/** The key of RFC 6455 §1.3, so that the accept value is the one that the RFC prints. */
const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const ACCEPT = acceptValue(KEY);

/** The handshake that the lab's client asks for, and a right answer. */
export const START: Heads = {
  request: crlf(handshakeText(KEY)),
  response: crlf(
    `HTTP/1.1 101 Switching Protocols\nUpgrade: websocket\nConnection: Upgrade\nSec-WebSocket-Accept: ${ACCEPT}\n\n`,
  ),
};

export interface Preset {
  /** Stands in an address, after the #. */
  id: string;
  label: string;
  heads: Heads;
}

export const PRESETS: readonly Preset[] = [
  preset('right', 'All right', (heads) => heads),
  response('no-upgrade', 'No Upgrade', 'Upgrade: websocket\r\n', ''),
  response('no-connection', 'No Connection', 'Connection: Upgrade\r\n', ''),
  response('wrong-accept', 'Wrong accept', ACCEPT, acceptValue(`${KEY}\r`)),
  response('accept-of-hex', 'Accept of the hex', ACCEPT, base64(hexBytes())),
  preset('key-of-15-bytes', 'Key of 15 bytes', (heads) => withKey(heads, 'dGhlIHNhbXBsZSBub25j')),
  preset('space-in-key', 'Space in the key', (heads) => withKey(heads, 'dGhlIHNhbXBsZSBub2 5jZQ==')),
  request(
    'two-keys',
    'Two keys',
    /(Sec-WebSocket-Key: .*\r\n)/,
    '$1Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n',
  ),
  request('version-8', 'Version 8', 'Version: 13', 'Version: 8'),
  request('post', 'POST', 'GET', 'POST'),
  response('bare-lf', 'Bare LF', /\r\n/g, '\n'),
  response('space-before-colon', 'Space before a colon', 'Upgrade: w', 'Upgrade : w'),
  response('no-empty-line', 'No empty line', /\r\n$/, ''),
  response('status-200', 'Status 200', '101 Switching Protocols', '200 OK'),
  response(
    'subprotocol-not-asked-for',
    'Subprotocol not asked for',
    /\r\n$/,
    'Sec-WebSocket-Protocol: chat\r\n\r\n',
  ),
  request(
    'subprotocol-not-answered',
    'Subprotocol not answered',
    /\r\n$/,
    'Sec-WebSocket-Protocol: chat, soap\r\n\r\n',
  ),
  response(
    'extension-not-offered',
    'Extension not offered',
    /\r\n$/,
    'Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n',
  ),
];

function preset(id: string, label: string, change: (heads: Heads) => Heads): Preset {
  return { id, label, heads: change(START) };
}

function request(id: string, label: string, from: string | RegExp, to: string): Preset {
  return preset(id, label, (heads) => ({ ...heads, request: heads.request.replace(from, to) }));
}

function response(id: string, label: string, from: string | RegExp, to: string): Preset {
  return preset(id, label, (heads) => ({ ...heads, response: heads.response.replace(from, to) }));
}

/** The heads with another key, answered as a server does that does not look at it. */
function withKey({ request, response }: Heads, key: string): Heads {
  return { request: request.replace(KEY, key), response: response.replace(ACCEPT, acceptValue(key)) };
}

/** The same heads with another key, and its accept value where the old key's was right. */
export function rekeyed(heads: Heads, key: string): Heads {
  const field = /^(sec-websocket-key:[ \t]*)([^\r\n]*?)([ \t]*\r?)$/im;
  const old = field.exec(heads.request)?.[2];
  if (old === undefined) return heads;
  return {
    request: heads.request.replace(field, (_, before: string, __, after: string) => before + key + after),
    response: heads.response.replace(acceptValue(old), () => acceptValue(key)),
  };
}

function hexBytes(): Uint8Array {
  return new TextEncoder().encode(hexOf(acceptHash(KEY)).replaceAll(' ', ''));
}

function crlf(text: string): string {
  return text.replaceAll('\n', '\r\n');
}
