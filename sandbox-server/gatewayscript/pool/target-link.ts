// The worker's side of `urlopen`: posts a call to the host, and fetches the replies that have come, without ever waiting for one.
import { type MessagePort, receiveMessageOnPort } from 'node:worker_threads';
import type { TargetLink } from '../host/target-calls.ts';
import type { PostedCall, PostedReply } from './target-desk.ts';

/** `run` counts the worker's runs: a reply that missed its own must not reach the next. */
export function createTargetLink(
  port: MessagePort,
  run: number,
  post: (call: PostedCall) => void,
): TargetLink {
  return {
    ask: (id, call) => post({ run, id, call }),
    next() {
      for (;;) {
        const received: { message: PostedReply } | undefined = receiveMessageOnPort(port);
        if (!received) return undefined;
        if (received.message.run === run) return received.message;
      }
    },
  };
}
