// Requests to a learner's server that are no upgrades: each is read whole, told to the script, and answered with what it says.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { UNCOUNTED_BYTES } from '../../gateway/held-bytes.ts';
import { countUnfinished } from '../unfinished.ts';
import type { Inbox } from './inbox.ts';
import type { Action } from './messages.ts';
import type { PeerParts } from './peer.ts';
import { bytesOfHead, headOf } from './request-head.ts';

export interface Requests {
  /** `onGone` is called when it is over, however that came. */
  take(id: number, request: IncomingMessage, response: ServerResponse, onGone: () => void): void;
  answer(action: Extract<Action, { do: 'respond' }>): void;
  /** The script has taken it. */
  handled(id: number): void;
  /** Ends a client that has no answer yet. */
  cut(id: number): void;
}

interface Asking {
  response: ServerResponse;
  inbox: Inbox;
  answered: boolean;
}

export function createRequests(parts: PeerParts, maxBodyBytes: number): Requests {
  const asking = new Map<number, Asking>();

  function take(id: number, request: IncomingMessage, response: ServerResponse, onGone: () => void): void {
    const inbox = parts.inboxes.make(() => response.destroy());
    const client: Asking = { response, inbox, answered: false };
    asking.set(id, client);
    let told = false;
    response.once('close', () => {
      asking.delete(id);
      inbox.close();
      onGone();
      if (told && !client.answered) parts.tell({ type: 'gone', client: id });
    });
    const unfinished = countUnfinished(request.socket, parts.held);
    const chunks: Buffer[] = [];
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= maxBodyBytes) chunks.push(chunk);
      else if (!response.headersSent) refuse(response, 413);
    });
    request.once('end', () => {
      unfinished.whole();
      if (response.headersSent) return;
      const head = headOf(request);
      if (inbox.add(bytes + bytesOfHead(head)) === 'too-many') return refuse(response, 503);
      told = true;
      const data = new Uint8Array(Buffer.concat(chunks));
      parts.tell({ type: 'request', client: id, request: head, data });
    });
  }

  return {
    take,
    answer({ client: id, status, reason, headers, data }) {
      const client = asking.get(id);
      if (!client || client.answered) return parts.written(id, true);
      client.answered = true;
      const { response } = client;
      const holder = { cut: () => response.destroy() };
      response.once('close', () => {
        parts.held.set(holder, 0);
        parts.written(id, !response.writableFinished);
      });
      try {
        for (const [name, value] of headers) response.appendHeader(name, value);
        // One request a connection: what its client sends after it is never read.
        response.setHeader('Connection', 'close');
        response.statusCode = status;
        if (reason !== null) response.statusMessage = reason;
        response.end(data);
        if (data.length > UNCOUNTED_BYTES) parts.held.set(holder, data.length);
      } catch {
        // Headers that contradict each other: such an answer nobody gets.
        response.destroy();
      }
    },
    handled: (id) => parts.inboxes.handled(asking.get(id)?.inbox),
    cut(id) {
      const client = asking.get(id);
      if (client && !client.answered) client.response.destroy();
    },
  };
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { Connection: 'close' }).end();
}
