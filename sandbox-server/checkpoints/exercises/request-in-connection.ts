// Exercise: the server reads from the handshake who its client is, and remembers it for each connection.
import type { Examination, TrialCheckpoint } from '../checkpoint.ts';
import type { TrialSocket, TrialSocketAsk } from '../client/socket.ts';
import { connected, told } from './connected.ts';
import { freshWord } from './fresh-word.ts';

export const requestInConnection: TrialCheckpoint = {
  step: 'request-in-connection',
  kind: 'trial',
  files: { 'websocket_server.js': 'server' },
  async check(examination) {
    const inQuery = `Zoë ${freshWord()}`;
    const inHeader = `Ada-${freshWord()}`;
    const query = `/?room=${freshWord()}&name=${encodeURIComponent(inQuery)}`;
    const clients: [name: string, socket: TrialSocket][] = [];
    for (const [who, name, ask, hint] of [
      [
        'A client with a name in the query',
        inQuery,
        { path: query },
        '`request.url` has path and query: `new URL(request.url, "ws://backend").searchParams` reads them and decodes what is encoded.',
      ],
      [
        'A client with a name in the header X-Name',
        inHeader,
        { headers: { 'X-Name': inHeader } },
        'In `request.headers` the names are in lower case: `request.headers["x-name"]`.',
      ],
      [
        'A client with both',
        inQuery,
        { path: query, headers: { 'X-Name': inHeader } },
        'The query comes first; the header counts where the query has no name.',
      ],
      ['A client without a name', 'stranger', {}, 'Where neither is there, the name is stranger.'],
    ] satisfies [string, string, TrialSocketAsk, string][]) {
      const socket = await connected(examination, ask, who);
      await expectText(examination, socket, `Hello, ${name}!`, `${who} is greeted by it`, hint);
      clients.push([name, socket]);
    }
    for (const [name, socket] of clients) {
      const text = freshWord();
      socket.send(text);
      await expectText(
        examination,
        socket,
        `${name}: ${text}`,
        `What ${name} says comes back with the name`,
        'Keep the name inside the handler of `connection`: a variable outside it is the same for all clients.',
      );
    }
  },
};

async function expectText(
  { expect }: Examination,
  socket: TrialSocket,
  text: string,
  title: string,
  hint: string,
): Promise<void> {
  const message = await socket.next();
  expect(message?.text === text, {
    title,
    exchange: socket,
    expected: JSON.stringify(text),
    received: await told(socket, message),
    hint,
  });
}
