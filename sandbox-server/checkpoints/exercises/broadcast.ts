// Exercise: what one client says goes to all others, whatever they are doing. The order in which messages come proves who got what.
import type { Examination, TrialCheckpoint } from '../checkpoint.ts';
import type { TrialSocket } from '../client/socket.ts';
import { connected, told } from './connected.ts';
import { freshWord } from './fresh-word.ts';

/** Messages, and characters of each, for a client that does not read: more than fits between it and the server. */
const FLOOD = 12;
const FLOOD_CHARS = 60_000;

export const broadcast: TrialCheckpoint = {
  step: 'broadcast',
  kind: 'trial',
  files: { 'websocket_server.js': 'server' },
  async check(examination) {
    const first = await connected(examination, {}, 'The first client');
    const second = await connected(examination, {}, 'The second client');
    const third = await connected(examination, {}, 'The third client');

    const hello = word();
    first.send(hello);
    for (const [name, socket] of Object.entries({ second, third }))
      await expectNext(examination, socket, hello, {
        title: `What the first client says comes to the ${name} client`,
        hint: '`server.clients` has every open connection: go through them, and send to each but the one that spoke.',
      });

    const reply = word();
    second.send(reply);
    await expectNext(examination, first, reply, {
      title: 'The next that the first client gets is what the second says, not its own words',
      hint: 'Leave out the client that spoke: `if (client !== socket)`.',
    });
    await expectNext(examination, third, reply, {
      title: 'The third client gets it once',
      hint: 'Send each message once to each client.',
    });

    const bytes = word();
    third.send(Buffer.from(bytes));
    for (const socket of [first, second])
      await expectNext(examination, socket, bytes, {
        title: 'Bytes come as a binary message',
        binary: true,
        hint: 'The second argument of the message handler says whether it was binary: pass it on with `{ binary: isBinary }`.',
      });

    third.close();
    await third.closed();
    const late = await connected(examination, {}, 'A client that comes later');
    const news = word();
    first.send(news);
    for (const [who, socket] of [
      ['The client that came later gets what is said from then on', late],
      ['One client has gone, and the others hear on', second],
    ] as const)
      await expectNext(examination, socket, news, {
        title: who,
        hint: '`server.clients` is always up to date: who has gone is not in it, and who has come is.',
      });

    second.stall();
    for (let number = 1; number <= FLOOD; number += 1) {
      const long = `${number} ${word()} `.padEnd(FLOOD_CHARS, '.');
      first.send(long);
      await expectNext(examination, late, long, {
        title: 'While another client does not read, long messages come',
        hint: 'Do not wait for one client before you send to the next: `send` returns at once, and what a slow client has not read waits for it alone.',
      });
    }
  },
};

const word = () => `wörd ${freshWord()}`;

async function expectNext(
  { expect }: Examination,
  socket: TrialSocket,
  text: string,
  { title, hint, binary = false }: { title: string; hint: string; binary?: boolean },
): Promise<void> {
  const message = await socket.next();
  const kind = binary ? 'a binary message' : 'a text message';
  const isText = message?.text === text;
  expect(isText && message.binary === binary, {
    title,
    exchange: socket,
    expected: `${kind}: ${shortened(text)}`,
    received: shortened(await told(socket, message)),
    hint:
      isText && !binary
        ? 'A Buffer goes out as a binary message, whatever came in. Pass on what it was: `{ binary: isBinary }`.'
        : hint,
  });
}

const shortened = (text: string) => (text.length > 100 ? `${text.slice(0, 100)}…` : text);
