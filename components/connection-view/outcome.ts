// What became of a connection: why it was refused, which rule its head breaks, who ended it and how, and what the gateway's log says to it.
import { z } from 'zod/mini';
import type { GatewayEvent } from '../../sandbox-server/gateway/events.ts';
import type { WatchedConnection } from './connection-store.ts';
import { closeCodeMeaning } from './frames/close-codes.ts';
import type { EventOf } from './frames/frame-hops.ts';

export interface Outcome {
  /** One or two sentences; '' while it is open and nothing is to be said of it. */
  sentence: string;
  /** What else explains it, a sentence each. */
  reasons: string[];
  /** No WebSocket came of it, or one that a client refuses. */
  failed: boolean;
}

/** Reasons that are listed; a log may have a line for every message. */
const mostReasons = 5;

export function outcomeOf({ story, closed }: Pick<WatchedConnection, 'story' | 'closed'>): Outcome {
  const answer = story.find((event) => event.type === 'response-sent');
  const broken = answer?.status === 101 ? answer.rules.filter(({ passed }) => !passed) : [];
  const told = [
    ...broken.map(({ message, section }) => `${message} (RFC 6455 §${section})`),
    ...new Set(story.flatMap(reason)),
  ];
  const more = told.length - mostReasons;
  return {
    sentence: [answer ? answered(answer, broken.length) : '', closed ? ended(closed) : '']
      .filter((part) => part !== '')
      .join(' '),
    reasons: more > 0 ? [...told.slice(0, mostReasons), `${more} more lines are in the log.`] : told,
    failed: answer !== undefined && (answer.status !== 101 || broken.length > 0),
  };
}

function answered({ status, reason, body, from }: EventOf<'response-sent'>, broken: number): string {
  if (status === 101)
    return broken === 0
      ? ''
      : `The 101 breaks ${broken === 1 ? 'a rule' : `${broken} rules`} of the handshake: a client that checks them ends the connection.`;
  const line = `${status} ${reason}`.trim();
  if (from === 'target')
    return `The target answered ${line}, and the gateway passed that on: only 101 opens a WebSocket.`;
  const why = moreInformation(body);
  return `The gateway answered ${line}${why === '' ? '' : `, “${why}”`}: only 101 opens a WebSocket.`;
}

const errorBody = z.object({ moreInformation: z.string() });

/** Of the gateway's own error body; '' of any other. */
function moreInformation(body: string): string {
  try {
    return errorBody.safeParse(JSON.parse(body)).data?.moreInformation ?? '';
  } catch {
    return '';
  }
}

function reason(event: GatewayEvent): string[] {
  if (event.type === 'security-checked')
    return event.passed ? [] : [`Security: ${event.message ?? event.scheme}.`];
  if (event.type !== 'gateway-log' || event.level === 'info') return [];
  return [`Log: ${event.code === null ? '' : `${event.code} `}${event.text}`];
}

const parties = { client: 'The client', target: 'The target', gateway: 'The gateway' } as const;

/** Without a Close frame an API tells 1006 (RFC 6455 §7.1.5). */
function ended({ by, how, closeCode, closeReason }: EventOf<'connection-closed'>): string {
  const who = parties[by];
  switch (how) {
    case 'close-frame': {
      const code =
        closeCode === null
          ? 'a Close frame without a code, which its peer is told as 1005'
          : `${closeCode}, ${closeCodeMeaning(closeCode)}`;
      return `${who} closed with ${code}${closeReason ? `. Its reason: “${closeReason}”` : ''}.`;
    }
    case 'end':
      return `${who} ended the connection without a Close frame: the other side is told 1006.`;
    case 'reset':
      return `${who} reset the connection: the other side is told 1006.`;
    case 'idle':
      return `${who} ended the connection, since it was silent for the idle timeout. There was no Close frame: both sides are told 1006.`;
    case 'shutdown':
      return `${who} ended the connection, since it stops${closeCode === null ? '' : `, with ${closeCode}`}.`;
  }
}
