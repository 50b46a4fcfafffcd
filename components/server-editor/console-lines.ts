// What the events of a sandbox tell of one port: the lines of its server's console, what became of the server, and whether it runs.
import type { GatewayEvent } from '../../sandbox-server/gateway/events.ts';

export interface ConsoleLine {
  id: number;
  /** ISO 8601. */
  at: string;
  text: string;
  /** `told` is the lab's own word; `ok` and `bad` too. */
  tone: 'plain' | 'error' | 'told' | 'ok' | 'bad';
  /** Of the server's file, where it crashed. */
  line: number | null;
}

/** `none` where no event tells of a server of the reader's own. */
export type ServerState = 'none' | 'running' | 'stopped' | 'crashed';

export function consoleOf(
  events: readonly GatewayEvent[],
  port: number,
): { lines: ConsoleLine[]; state: ServerState } {
  const lines: ConsoleLine[] = [];
  let state: ServerState = 'none';
  for (const event of events) {
    if (!('port' in event) || event.port !== port) continue;
    const { id, at } = event;
    const add = (text: string, tone: ConsoleLine['tone'], line: number | null = null) =>
      lines.push({ id, at, text, tone, line });
    switch (event.type) {
      case 'server-console':
        add(event.text, event.level === 'error' ? 'error' : 'plain');
        break;
      case 'server-started':
        state = 'running';
        add('Your server runs.', 'ok');
        break;
      case 'server-stopped':
        state = 'stopped';
        add(`Your server has stopped. ${event.reason}`, 'told');
        break;
      case 'server-crashed':
        state = 'crashed';
        add(`Your server has crashed. Its clients are told 1011. ${event.message}`, 'bad', event.line);
    }
  }
  return { lines, state };
}
