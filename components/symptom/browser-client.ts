// The reader's own browser as the client of a symptom.
import { Conversation } from '../websocket-client/conversation.ts';
import { endpointOf } from '../websocket-client/endpoint.ts';
import type { SymptomClient } from './scenario.ts';

/** Milliseconds for the handshake, and for an answer to each message. */
const PATIENCE_MS = 5_000;
const REPLY_MS = 1_000;
/** For the greeting of the tutorial's server, which is no answer to a message. */
const WELCOME_MS = 250;

/** Connects, says the messages, and closes; gives what a page can see of it. Never rejects. */
export async function runInBrowser(
  client: SymptomClient,
  organization: string,
): Promise<{ opened: boolean; lines: string[] }> {
  const url = endpointOf(location.origin, organization, client.path);
  let changed = () => {};
  const conversation = new Conversation(url, client.protocols ?? [], () => changed());
  const until = (holds: () => boolean, ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(done, ms);
      function done(): void {
        clearTimeout(timer);
        changed = () => {};
        resolve();
      }
      changed = () => {
        if (holds()) done();
      };
      changed();
    });
  const ended = () => conversation.state === 'closed';
  await until(() => conversation.state !== 'connecting', PATIENCE_MS);
  const opened = conversation.state === 'open';
  const greeted = () => conversation.rows.some(({ direction }) => direction === 'received');
  if (opened) await until(() => ended() || greeted(), WELCOME_MS);
  for (const message of opened ? (client.messages ?? []) : []) {
    const before = conversation.rows.length;
    if ('text' in message) conversation.send(message.text.repeat(message.repeat ?? 1));
    const received = () =>
      conversation.rows.slice(before).filter(({ direction }) => direction === 'received');
    await until(() => ended() || received().length > 0, REPLY_MS);
  }
  if (opened && client.stayMs) await until(ended, client.stayMs);
  conversation.close();
  await until(ended, PATIENCE_MS);
  return { opened, lines: told(conversation, opened) };
}

/** All that a page learns; why a handshake failed is only in the browser's console, which no page can read. */
function told(conversation: Conversation, opened: boolean): string[] {
  const { end } = conversation;
  const rows = conversation.rows.flatMap(({ direction, opcode, payload }) => {
    if (direction === 'handshake') return [`open: ${payload}`];
    const what = opcode === 8 ? 'close ' : '';
    return [`${direction === 'sent' ? '>' : '<'} ${what}${payload}`];
  });
  const code = end ? `close event: code ${end.code}${end.reason ? `, ${end.reason}` : ''}` : 'no close event';
  return opened ? [...rows, code] : ['error event', code];
}
