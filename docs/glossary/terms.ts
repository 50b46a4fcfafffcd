// The words of the tutorial, each with what it means here and where that comes from. The glossary, the definitions on the pages and their tests read this.
import type { Source } from './sources.ts';

export interface Term {
  /** For links: `/glossary/#accept-value`. */
  id: string;
  name: string;
  /** One plain sentence or two; backticks hold code. */
  text: string;
  source: Source;
}

export interface Field {
  id: string;
  title: string;
  terms: readonly Term[];
}

const term = (id: string, name: string, source: Source, text: string): Term => ({ id, name, text, source });

export const FIELDS: readonly Field[] = [
  {
    id: 'websocket',
    title: 'WebSocket and HTTP',
    terms: [
      term(
        '101',
        '101',
        'RFC 9110, 15.2.2',
        'Switching Protocols: the status of a response that agrees to an upgrade.',
      ),
      term(
        'accept-value',
        'accept value',
        'RFC 6455, 4.2.2',
        'The header `Sec-WebSocket-Accept` of the response: SHA-1 of the key with a fixed GUID behind it, in base64. It proves that the server understood the handshake.',
      ),
      term(
        'backpressure',
        'backpressure',
        'streams',
        'What makes a sender wait while its receiver cannot keep up, so that nothing piles up in between.',
      ),
      term(
        'client',
        'client',
        'RFC 9110, 3.3',
        'Who opens a connection: a browser, a program, a command in a terminal.',
      ),
      term(
        'close-code',
        'close code',
        'RFC 6455, 7.4',
        'A number in the close frame that says why the connection ends; 1000 is a normal end. 1006 is never sent: a client reports it when no close frame came.',
      ),
      term(
        'extension',
        'extension',
        'RFC 6455, 9',
        'A change to the protocol that both sides agree on, such as compression. Offered and accepted in `Sec-WebSocket-Extensions`.',
      ),
      term(
        'frame',
        'frame',
        'RFC 6455, 5.2',
        'The unit that an open WebSocket sends: a head of 2 to 14 bytes, then the payload. A message is one frame or several.',
      ),
      term(
        'handshake',
        'handshake',
        'RFC 6455, 1.3',
        'The HTTP request that asks for a WebSocket, and the response that agrees. After it the same connection carries frames.',
      ),
      term(
        'key',
        'key',
        'RFC 6455, 4.1',
        '16 random bytes in base64, which the client sends in `Sec-WebSocket-Key`, new for each handshake. It is no secret: the accept value is made from it.',
      ),
      term(
        'mask',
        'mask',
        'RFC 6455, 5.3',
        'Four random bytes in each frame of a client, with which its payload is XORed. Frames of a server have none.',
      ),
      term(
        'message',
        'message',
        'RFC 6455, 5.4',
        'What an application sends at once: text or bytes, in one frame or several.',
      ),
      term(
        'opcode',
        'opcode',
        'RFC 6455, 5.2',
        'Four bits in the head of a frame that tell its kind: continuation, text, binary, close, ping or pong.',
      ),
      term(
        'ping-and-pong',
        'ping and pong',
        'RFC 6455, 5.5.2',
        'A ping asks whether the other side is there; it answers with a pong that has the same payload.',
      ),
      term(
        'subprotocol',
        'subprotocol',
        'RFC 6455, 1.9',
        'The language that both sides speak in their messages. The client offers names in `Sec-WebSocket-Protocol`, the server picks one of them at most.',
      ),
      term(
        'upgrade',
        'upgrade',
        'RFC 9110, 7.8',
        'The wish to go on in another protocol on the same connection, told in the headers `Upgrade` and `Connection`.',
      ),
      term('wss', 'wss', 'RFC 6455, 3', 'The scheme of a WebSocket over TLS. `ws` is the one without.'),
    ],
  },
  {
    id: 'api-connect',
    title: 'API Connect',
    terms: [
      term(
        'api-definition',
        'API definition',
        'ibm-extensions',
        'The file that describes an API: an OpenAPI document, with what the gateway shall do in its member `x-ibm-configuration`.',
      ),
      term(
        'api-key',
        'API key',
        'ibm-glossary',
        'A text that tells the gateway which application calls. In API Connect it is the client ID, sent in a header or in the query.',
      ),
      term(
        'application',
        'application',
        'ibm-glossary',
        'A program that calls APIs. It has a client ID and a secret, and subscribes to a plan.',
      ),
      term(
        'assembly',
        'assembly',
        'ibm-extensions',
        'The list of policies that the gateway runs, in turn, for a request to an API.',
      ),
      term(
        'base-path',
        'base path',
        'openapi',
        'The part of the URL by which the gateway finds an API: `basePath` in the definition, such as `/websocket-upgrade`.',
      ),
      term(
        'catalog',
        'catalog',
        'ibm-glossary',
        'Where an organization publishes its products; its name is a part of their URLs.',
      ),
      term(
        'context',
        'context',
        'ibm-context',
        'What a request carries through its assembly: a tree of variables such as `request`, `message` and `api`, which policies read and write.',
      ),
      term(
        'gateway',
        'gateway',
        'ibm-packaging',
        'What clients reach in place of your server: it finds the API that a request means, and runs its assembly. Here it stands for the DataPower API Gateway.',
      ),
      term(
        'gatewayscript',
        'GatewayScript',
        'ibm-gatewayscript',
        'JavaScript that runs in the gateway, in a policy of that name, and sees the request through objects such as `context`.',
      ),
      term(
        'handler',
        'handler',
        'ibm-handler',
        'The part of the gateway that listens on a port. It decides which methods and protocols are taken at all, before any API is looked for.',
      ),
      term(
        'jwt',
        'JWT',
        'RFC 7519, 1',
        'JSON Web Token: claims, such as who and until when, signed, so that whoever has the key can check them.',
      ),
      term(
        'message-context',
        '`message` in a policy',
        'ibm-context-object',
        'The part of the context that becomes the response when the assembly ends.',
      ),
      term('operation', 'operation', 'ibm-glossary', 'A path of an API with a method, such as GET on `/`.'),
      term(
        'organization',
        'organization',
        'ibm-packaging',
        'Who owns APIs, products and catalogs, in full the provider organization. Its name is a part of the URL.',
      ),
      term(
        'plan',
        'plan',
        'ibm-products',
        'What an application subscribes to: APIs of a product, and how often they may be called.',
      ),
      term(
        'policy',
        'policy',
        'ibm-assembly',
        'One step of an assembly, such as `websocket-upgrade` or `gatewayscript`.',
      ),
      term(
        'product',
        'product',
        'ibm-products',
        'APIs and plans in one package, which is published in a catalog.',
      ),
      term(
        'target',
        'target',
        'ibm-websocket-upgrade',
        'The server behind the gateway to which a policy connects: its `target-url`.',
      ),
    ],
  },
  {
    id: 'lab',
    title: 'This lab',
    terms: [
      term(
        'both-hops',
        'both hops',
        'lab',
        'The two connections of approach 1, client to gateway and gateway to target. The panel of that name shows what goes over either.',
      ),
      term(
        'lab-attach',
        'lab-attach',
        'lab',
        'A property of a definition. With `uppercase` the lab’s uppercase server stands behind a scripted handshake, so that somebody answers.',
      ),
      term(
        'lab-echo',
        'lab-echo',
        'lab',
        'A property of a definition. With `none` the response of a script does not start with the request’s `Upgrade` and `Connection`.',
      ),
      term(
        'sandbox',
        'sandbox',
        'lab',
        'An organization of your own in the lab, with a name such as `maple-heron` and one catalog, called `sandbox`. It is forgotten 24 hours after its last use.',
      ),
      term(
        'standing',
        'standing',
        'lab',
        'How sure it is that API Connect does the same: documented, seen, inferred, or the lab’s choice. A label with an arrow opens the page that says so, and one without has no page to open.',
      ),
    ],
  },
];

const byId = new Map(FIELDS.flatMap(({ terms }) => terms.map((each) => [each.id, each])));

/** Throws for a word that the glossary does not have. */
export function termOf(id: string): Term {
  const found = byId.get(id);
  if (!found) throw new Error(`Received the term "${id}". Expected one of ${[...byId.keys()].join(', ')}.`);
  return found;
}
