// Exercise: the script reads Upgrade and Connection however a client writes them (RFC 6455 §4.2.1), answers in the words that the strictest
// takes (§4.2.2), and refuses what asks for no WebSocket.
import { randomInt } from 'node:crypto';
import { headerValues } from '../../gateway/handshake/headers.ts';
import type { Examination, TrialCheckpoint } from '../checkpoint.ts';
import type { Handshake } from '../client/handshake.ts';
import { expectAccepted } from './accepted.ts';
import { freshWord } from './fresh-word.ts';
import { expectRefused } from './refused.ts';
import { expectWholeAnswer, NOTHING_COPIED } from './whole-answer.ts';

type Headers = Readonly<Record<string, string | null | readonly string[]>>;

export const everyClient: TrialCheckpoint = {
  step: 'every-client',
  kind: 'trial',
  files: { 'handler.js': 'script' },
  host: NOTHING_COPIED,
  async check(examination) {
    const anyCase =
      'Both headers are read without regard to case: compare after `toLowerCase()` (RFC 6455, section 4.2.1).';
    const aList =
      'Connection is a list: split it at its commas, take the spaces off each part, and look for upgrade among them.';
    const spellings: [headers: Headers, hint: string][] = [
      [{ Upgrade: spelt('websocket'), Connection: spelt('upgrade') }, anyCase],
      [{ UPGRADE: 'WebSocket', CONNECTION: 'upgrade' }, anyCase],
      [{ Connection: `keep-alive, ${spelt('upgrade')}` }, aList],
      [{ Connection: `Upgrade,x${freshWord()}` }, aList],
      [{ Connection: ['keep-alive', 'Upgrade'] }, aList],
    ];
    const answers: [who: string, answer: Handshake][] = [];
    for (const [headers, hint] of spellings) {
      const who = `A client with ${told(headers)}`;
      answers.push([who, await expectAccepted(examination, { headers }, who, hint)]);
    }
    for (const [who, answer] of answers) expectStrict(examination, who, answer);
    await expectWholeAnswer(examination);

    for (const [headers, hint] of [
      [{ Upgrade: null, Connection: 'keep-alive' }, 'Who asks for no upgrade gets none: 400.'],
      [{ Upgrade: 'h2c' }, 'There are other protocols to upgrade to: the value has to be websocket.'],
      [{ Connection: 'keep-alive' }, 'Upgrade alone is no handshake: Connection has to name it.'],
      [
        { Connection: `no-upgrade, x${freshWord()}` },
        'Compare whole parts of the list: one may hold the word.',
      ],
      [{ Upgrade: `websocket${freshWord()}` }, 'Compare the whole value: it may only begin like websocket.'],
    ] satisfies [Headers, string][])
      await expectRefused(
        examination,
        { headers },
        { what: `A request with ${told(headers)}`, status: 400, hint },
      );
  },
};

/** The word, each letter in a case of its own. */
function spelt(word: string): string {
  return [...word].map((letter) => (randomInt(2) === 0 ? letter : letter.toUpperCase())).join('');
}

function told(headers: Headers): string {
  return Object.entries(headers)
    .map(([name, value]) => (value === null ? `no ${name}` : `${name}: ${[value].flat().join(' and ')}`))
    .join(', ');
}

/** Some published clients take `Upgrade` and nothing else in Connection, as golang.org/x/net/websocket does. */
function expectStrict({ expect }: Examination, who: string, answer: Handshake): void {
  for (const [name, value] of [
    ['Upgrade', 'websocket'],
    ['Connection', 'Upgrade'],
  ] as const) {
    const came = headerValues(answer.headers, name);
    expect(came.length === 1 && came[0]?.toLowerCase() === value.toLowerCase(), {
      title: `${who} is told ${name}: ${value} and nothing else`,
      exchange: answer,
      expected: `${name}: ${value}`,
      received: came.length === 0 ? `no ${name}` : `${name}: ${came.join(' and ')}`,
      hint: `Write the text ${value} into message.headers.${name}, whatever the client wrote. Here the gateway copies nothing from the request: lab-echo is none.`,
    });
  }
}
