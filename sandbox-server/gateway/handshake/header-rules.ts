// What the gateway does to headers on their way, and why: the code that does it takes its names from here, and the page its reasons.
import type { Standing } from '../definition/schema/standing.ts';

export interface HeaderRule {
  /** One plain sentence. */
  reason: string;
  /** How it is known that the product does so. */
  standing: Standing;
}

/** By the header's name in lower case. */
type HeaderRules = Readonly<Record<string, HeaderRule>>;

const ownHandshake: HeaderRule = {
  reason: 'The gateway’s handshake with the target is one of its own (RFC 6455 §4.1).',
  standing: 'inferred',
};
const oneHop: HeaderRule = {
  reason: 'It is about one connection only (RFC 9110 §7.6.1).',
  standing: 'inferred',
};
const noBody: HeaderRule = {
  reason: 'It is about a body, and the gateway writes its own for what it sends.',
  standing: 'lab',
};
const clientIp: HeaderRule = {
  reason: 'The gateway tells the target the client’s address.',
  standing: 'seen',
};
const transactionId: HeaderRule = {
  reason: 'The gateway gives each request a number, and tells it to both sides.',
  standing: 'seen',
};

/** Of the client's headers these never go to the target as they came: they are written anew, or dropped. */
export const NOT_TO_TARGET: HeaderRules = {
  host: { reason: 'It names the target now, not the gateway (RFC 9110 §7.2).', standing: 'inferred' },
  connection: ownHandshake,
  upgrade: ownHandshake,
  'keep-alive': oneHop,
  'proxy-connection': oneHop,
  'proxy-authorization': oneHop,
  te: oneHop,
  trailer: oneHop,
  'transfer-encoding': oneHop,
  'content-length': noBody,
  'content-type': noBody,
  expect: noBody,
  'sec-websocket-key': {
    reason: 'The key is fresh: the accept value that answers it is for the gateway alone (RFC 6455 §4.1).',
    standing: 'inferred',
  },
  'sec-websocket-version': ownHandshake,
  'x-client-ip': clientIp,
  'x-global-transaction-id': transactionId,
};

/** Dropped too where the client asks for no upgrade. */
export const OF_AN_UPGRADE: HeaderRules = {
  'sec-websocket-protocol': { reason: 'The request asks for no upgrade.', standing: 'lab' },
  'sec-websocket-extensions': { reason: 'The request asks for no upgrade.', standing: 'lab' },
};

/** Of the target's headers these never go to the client as they came. */
export const NOT_TO_CLIENT: HeaderRules = {
  connection: oneHop,
  upgrade: oneHop,
  'keep-alive': oneHop,
  'proxy-authenticate': oneHop,
  te: oneHop,
  trailer: oneHop,
  'transfer-encoding': oneHop,
  'content-length': noBody,
  'sec-websocket-accept': {
    reason: 'The accept value answers the client’s own key, which the target never saw (RFC 6455 §4.2.2).',
    standing: 'inferred',
  },
  'x-global-transaction-id': transactionId,
};

const wholeOrigin: HeaderRule = {
  reason: 'On the page’s port it would act on the lab’s own page; the gateway’s own port sends it.',
  standing: 'lab',
};
const guard: HeaderRule = {
  reason: 'On the page’s port it keeps the answer from acting as a page of the lab.',
  standing: 'lab',
};

/** Left out of every answer on the page's port, a 101 too: by each one answer changes the whole origin. */
export const OF_THE_ORIGIN: HeaderRules = {
  'alt-svc': wholeOrigin,
  'clear-site-data': wholeOrigin,
  nel: wholeOrigin,
  'report-to': wholeOrigin,
  'reporting-endpoints': wholeOrigin,
  'service-worker-allowed': wholeOrigin,
  'set-cookie': wholeOrigin,
  'strict-transport-security': wholeOrigin,
};

/** Added to every answer on the page's port but a 101. */
export const PAGE_GUARD: HeaderRules = {
  'content-security-policy': guard,
  'x-content-type-options': guard,
  'cross-origin-resource-policy': guard,
  'content-disposition': guard,
};

/** Why a header of the message was left out, where its name alone does not tell. */
export const LEFT_OUT = {
  'header-control': {
    reason: 'The policy’s header-control does not let it through.',
    standing: 'documented',
  },
  'messages-read': {
    reason: 'Messages are read on this connection, so client and target cannot agree on compressing them.',
    standing: 'lab',
  },
} satisfies HeaderRules;

export type LeftOutRule = keyof typeof LEFT_OUT;

/** All else that becomes of a header. */
export const HEADER_FATES = {
  toTarget: {
    reason: 'All headers are copied that header-control does not hold back.',
    standing: 'documented',
  },
  toClient: { reason: 'What the target says to the client goes on as it is.', standing: 'lab' },
  connectionNamed: {
    reason: 'Connection names it: it is about this connection only (RFC 9110 §7.6.1).',
    standing: 'inferred',
  },
  policy: { reason: 'A policy did this.', standing: 'documented' },
  credentials: {
    reason: 'The policy’s username and password become Basic authentication.',
    standing: 'documented',
  },
  forwarded: { reason: 'inject-proxy-headers adds it where the request has none.', standing: 'documented' },
  echoed: {
    reason: 'The message starts as a copy of the request; a 101 keeps Upgrade and Connection of it.',
    standing: 'lab',
  },
  notEchoed: {
    reason: 'The message starts as a copy of the request; the answer does not keep this header of it.',
    standing: 'lab',
  },
  bodyEchoed: { reason: 'The answer’s body is still the request’s own.', standing: 'lab' },
  planLimit: { reason: 'The plan’s limit is told with each answer.', standing: 'seen' },
  length: { reason: 'The gateway writes how long the answer’s body is.', standing: 'inferred' },
  oneAnswer: { reason: 'The lab ends a connection after one answer.', standing: 'lab' },
  ownAnswer: { reason: 'This answer is the gateway’s own.', standing: 'seen' },
  replaced: { reason: 'The gateway’s own answer takes the place of the target’s.', standing: 'seen' },
} satisfies HeaderRules;
