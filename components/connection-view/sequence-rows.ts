// A connection as the rows of its picture: the handshake step by step, then the first frames and the newest ones.
import type { TemplateResult } from 'lit';
import type { GatewayEvent } from '../../sandbox-server/gateway/events.ts';
import type { Party, SequenceRow } from '../sequence/sequence.ts';
import { sequenceView } from '../sequence/sequence-view.ts';
import { opcodeName } from '../websocket-client/opcode-name.ts';
import type { WatchedConnection } from './connection-store.ts';
import { type FrameEvent, hopOf, wayOf } from './frames/frame-hops.ts';

const firstFrames = 3;
const lastFrames = 5;
const mostSteps = 30;
/** Characters that have room between two lines of the picture. */
const mostCharacters = 17;

/** The picture of one connection: what went between client, gateway and target so far. */
export function connectionPicture(connection: WatchedConnection): TemplateResult {
  const title = 'Sequence of this connection';
  return sequenceView({ title, parties: ['client', 'gateway', 'target'], rows: sequenceRows(connection) });
}

export function sequenceRows({ story, frames, relay, droppedFrames }: WatchedConnection): SequenceRow[] {
  const steps = story.flatMap(step);
  const end = steps.filter(({ last }) => last).map(({ row }) => row);
  const before = steps.filter(({ last }) => !last).map(({ row }) => row);
  const begin: SequenceRow[] =
    before.length > mostSteps
      ? [...before.slice(0, mostSteps), { kind: 'gap', text: `${before.length - mostSteps} more steps` }]
      : before;
  const arrow = (frame: FrameEvent) => frameRow(frame, relay === 'bytes' || relay === null);
  const hidden = frames.length - firstFrames - lastFrames + droppedFrames;
  const shown: SequenceRow[] =
    hidden > 0
      ? [
          ...frames.slice(0, firstFrames).map(arrow),
          { kind: 'gap', text: `${hidden} more frames` },
          ...frames.slice(-lastFrames).map(arrow),
        ]
      : frames.map(arrow);
  return [...begin, ...shown, ...end];
}

function step(event: GatewayEvent): { row: SequenceRow; last?: true }[] {
  const message = (from: Party, to: Party, text: string) => [
    { row: { kind: 'message', from, to, text: cut(text) } as const },
  ];
  const work = (text: string, after = '') => [
    {
      row: {
        kind: 'work',
        at: 'gateway',
        text: `${cut(text, mostCharacters - after.length)}${after}`,
      } as const,
    },
  ];
  switch (event.type) {
    case 'request-received':
      return message('client', 'gateway', `${event.method} ${event.path.replace(/^\/[^/]+\/[^/]+/, '')}`);
    case 'security-checked':
      return work(event.passed ? 'security passed' : 'security failed');
    case 'policy-started':
      return work(event.title || event.policy);
    // What it did stands below its start; only a failure is news.
    case 'policy-ended':
      return event.outcome === 'failed' ? work(event.title || event.policy, ' failed') : [];
    case 'target-request':
      return message('gateway', 'target', `${event.method} ${URL.parse(event.url)?.pathname ?? event.url}`);
    case 'target-response':
      return message('target', 'gateway', status(event));
    case 'response-sent':
      return message('gateway', 'client', status(event));
    case 'connection-closed':
      return [{ row: { kind: 'end', text: `${ends[event.how]} ${event.by}` }, last: true }];
    default:
      return [];
  }
}

/** `through`: its bytes go on to the other side as they come. */
function frameRow(frame: FrameEvent, through: boolean): SequenceRow {
  const toTarget = wayOf(frame.direction) === 'to-target';
  const onClientsHop = hopOf(frame.direction) === 'client';
  const near = onClientsHop ? 'client' : 'gateway';
  const far = through ? 'target' : onClientsHop ? 'gateway' : 'target';
  const from: Party = through ? 'client' : near;
  const name = opcodeName(frame.opcode).replace(/ \(.*/, '');
  const text = `${name}${frame.closeCode === null ? '' : ` ${frame.closeCode}`}, ${frame.length} ${frame.length === 1 ? 'byte' : 'bytes'}`;
  return toTarget ? { kind: 'message', from, to: far, text } : { kind: 'message', from: far, to: from, text };
}

/** What 101 means the picture shows. */
function status({ status: code, reason }: { status: number; reason: string }): string {
  return code === 101 ? '101' : `${code} ${reason}`.trim();
}

const ends = {
  'close-frame': 'closed by',
  end: 'ended by',
  reset: 'reset by',
  idle: 'idle, ended by',
  shutdown: 'shut down by',
} as const;

function cut(text: string, most = mostCharacters): string {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}
