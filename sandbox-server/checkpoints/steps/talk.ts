// What a live step asks: that the sandbox's log has a connection to this API in which the reader's word went to the server and an answer came back.
import type { GatewayEvent } from '../../gateway/events.ts';
import type { Examination } from '../checkpoint.ts';

export async function expectTalk(
  { apis, events, expect, key, path }: Examination,
  api: string,
): Promise<void> {
  expect(
    apis().some(({ name }) => name === api),
    {
      title: `${api} is deployed in your organization`,
      exchange: null,
      expected: `an API named ${api}`,
      received: 'none of that name',
      hint: 'Go back to the step that deploys it, and press Deploy.',
    },
  );
  const log = events();
  const opened = connectionsTo(log, path());
  expect(opened.size > 0, {
    title: 'A client has connected to it',
    exchange: null,
    expected: 'a handshake that was answered 101',
    received: 'none in the log yet',
    hint: 'Connect with the client below, or with the command in your own terminal.',
  });
  const sent = log.find((event) => isMessage(event, 'client-to-gateway', opened, key));
  expect(sent !== undefined, {
    title: `It has sent ${key}`,
    exchange: null,
    expected: `a message with ${key}`,
    received: 'no such message in the log yet',
    hint: `Send ${key} from that client, as a text message.`,
  });
  const answered = log.some(
    (event) =>
      event.id > (sent?.id ?? 0) &&
      event.connection === sent?.connection &&
      isMessage(event, 'gateway-to-client', opened, ''),
  );
  expect(answered, {
    title: 'An answer has come back',
    exchange: null,
    expected: 'a message to the client',
    received: 'none yet',
    hint: 'The connection is open, but nobody answers behind it: see what the gateway’s log says of the target.',
  });
}

/** Ids of the connections below this path that became WebSockets, by a client outside the lab or in the page. */
function connectionsTo(log: readonly GatewayEvent[], path: string): Set<string> {
  const asked = new Set<string>();
  const opened = new Set<string>();
  for (const event of log) {
    if (event.connection === null) continue;
    if (event.type === 'request-received' && isBelow(event.path, path)) asked.add(event.connection);
    if (event.type === 'response-sent' && event.status === 101 && asked.has(event.connection))
      opened.add(event.connection);
  }
  return opened;
}

/** `/one` and `/one/a?b` are below `/one`, `/one-more` is another API's. */
const isBelow = (asked: string, path: string) =>
  asked.startsWith(path) && /^(?:[/?]|$)/.test(asked.slice(path.length));

function isMessage(
  event: GatewayEvent,
  direction: string,
  among: ReadonlySet<string>,
  text: string,
): boolean {
  return (
    event.type === 'frame' &&
    event.direction === direction &&
    event.opcode === 1 &&
    among.has(event.connection ?? '') &&
    event.payload.toLowerCase().includes(text)
  );
}
