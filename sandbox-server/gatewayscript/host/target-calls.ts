// `urlopen` during one run: the requests that a script has made, and the replies that its callbacks wait for.
import { checkHeaderName, checkHeaderValues } from '../context/header-list.ts';
import { TARGET_BODY_MAX_BYTES, TARGET_CALLS_MAX } from '../limits.ts';
import type { Header, TargetCall, TargetReply } from '../types.ts';
import { list, text } from './arguments.ts';
import { GuestError, quoted } from './guest-error.ts';
import type { HostCall } from './host-calls.ts';
import type { Timers } from './timers.ts';

/** The way to whoever answers. */
export interface TargetLink {
  ask(id: number, call: TargetCall): void;
  /** A reply that has come, if there is one. */
  next(): { id: number; reply: TargetReply } | undefined;
}

export interface TargetCalls {
  /** @returns the id under which the script's callback is called back, at the latest after `timeoutMs`. */
  open(call: TargetCall, timeoutMs: number): number;
  /** Makes the callbacks due whose replies have come. */
  collect(): void;
  /** Takes the reply; without one the time was over. */
  take(id: number): TargetReply;
}

export function createTargetCalls(link: TargetLink, timers: Timers): TargetCalls {
  const open = new Map<number, number>();
  const come = new Map<number, TargetReply>();
  let calls = 0;
  return {
    open(call, timeoutMs) {
      calls += 1;
      if (calls > TARGET_CALLS_MAX)
        throw new GuestError(
          'RangeError',
          `urlopen.open: a script may open ${TARGET_CALLS_MAX} targets in one run; this would be more`,
        );
      const id = timers.add(timeoutMs, false);
      open.set(id, timeoutMs);
      link.ask(id, call);
      return id;
    },
    collect() {
      for (let next = link.next(); next; next = link.next()) {
        if (!open.has(next.id)) continue;
        come.set(next.id, next.reply);
        timers.makeDue(next.id);
      }
    },
    take(id) {
      const reply = come.get(id);
      const seconds = (open.get(id) ?? 0) / 1000;
      come.delete(id);
      open.delete(id);
      return reply ?? { kind: 'failed', reason: `no answer within ${seconds} s` };
    },
  };
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS'];

/** The calls of the guest's module; bodies cross as Latin-1. */
export const targetHostCalls: { [name: string]: HostCall } = {
  openTarget: (run, [target, method, headers, body, timeoutMs]) => {
    const bytes = Uint8Array.from(Buffer.from(text(body), 'latin1'));
    if (bytes.length > TARGET_BODY_MAX_BYTES)
      throw new GuestError(
        'RangeError',
        `urlopen.open: the data has ${bytes.length} bytes; at most ${TARGET_BODY_MAX_BYTES} are sent`,
      );
    const call = {
      target: targetOf(text(target)),
      method: methodOf(text(method)),
      headers: headersOf(headers),
      body: bytes,
    };
    return run.targets.open(call, typeof timeoutMs === 'number' ? timeoutMs : 0);
  },

  targetReply: (run, [id]) => {
    const reply = run.targets.take(typeof id === 'number' ? id : 0);
    if (reply.kind === 'failed') return { failed: reply.reason };
    const { status, reason, headers, body } = reply;
    return {
      status,
      reason,
      headers: headers.map(([name, value]) => [name, value]),
      body: Buffer.from(body).toString('latin1'),
    };
  },
};

function targetOf(target: string): string {
  const url = URL.parse(target);
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url.href;
  throw new GuestError(
    'TypeError',
    `urlopen.open: the target ${quoted(target)} is no URL of a server; expected one like http://backend:8091/path. The lab has no files and no MQ to open`,
  );
}

function methodOf(method: string): string {
  const known = METHODS.find((each) => each === method.toUpperCase());
  if (known) return known;
  throw new GuestError(
    'TypeError',
    `urlopen.open: the method ${quoted(method)} is unknown; expected one of ${METHODS.join(', ')}`,
  );
}

function headersOf(entries: unknown): Header[] {
  return list(entries).flatMap((entry) => {
    const [name, value] = list(entry);
    const valid = checkHeaderName(name, 'urlopen.open');
    return checkHeaderValues(valid, value, 'urlopen.open').map((each): Header => [valid, each]);
  });
}
