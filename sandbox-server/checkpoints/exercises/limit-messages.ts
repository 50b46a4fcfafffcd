// Exercise: a client may send so many messages and no more, while its handshakes are not counted.
import type { TrialCheckpoint } from '../checkpoint.ts';
import { answerTo } from './through.ts';

/** Said to the reader in the task. */
const ALLOWED = 5;
/** Where an interval begins, a minute does: shorter ones than that let more than so many pass. */
const minute = () => Math.floor(Date.now() / 60_000);

/** Of the lab's gateway, for a limit of the client's and one that is not (RFC 6455 §7.4.1; IANA). */
const CLOSE_CODES = [1008, 1013];

export const limitMessages: TrialCheckpoint = {
  step: 'limit-messages',
  kind: 'trial',
  files: { 'websocket-upgrade.yaml': 'definition' },
  async check({ connect, expect }) {
    const open = async (title: string, hint: string) => {
      const socket = await connect();
      expect(socket.opened, {
        title,
        exchange: socket,
        expected: 'an open connection',
        received: 'none',
        hint,
      });
      return socket;
    };
    const socket = await open(
      'A client connects',
      'The policy websocket-upgrade has to stay in the assembly.',
    );
    const began = minute();
    for (let n = 1; n <= ALLOWED; n += 1) {
      const { text, answered } = await answerTo(socket);
      expect(answered, {
        title: `Message ${n} of ${ALLOWED} is answered`,
        exchange: socket,
        expected: `a message with ${text.toUpperCase()}`,
        received: 'no such message',
        hint: `The limit has to let ${ALLOWED} messages of the client pass, and count each once: neither the handshake nor what the target answers.`,
      });
    }
    let { answered } = await answerTo(socket);
    // Intervals begin by the clock: where one has just begun, the count has too, and the next ones say whether there is any.
    for (let more = 1; answered && minute() !== began && more <= ALLOWED; more += 1)
      ({ answered } = await answerTo(socket));
    expect(!answered, {
      title: `Message ${ALLOWED + 1} is not passed on`,
      exchange: socket,
      expected: 'no answer',
      received: 'an answer',
      hint: 'In the assembly itself a policy runs once, on the handshake. What is to run on messages goes into request-assembly of websocket-upgrade.',
    });
    const closing = await socket.closed();
    expect(closing !== null && CLOSE_CODES.includes(closing.code), {
      title: 'The client is told that it was too much',
      exchange: socket,
      expected: `the close code ${CLOSE_CODES.join(' or ')}`,
      received: closing ? `the close code ${closing.code}` : 'an open connection',
      hint: 'A policy that refuses a message closes the connection: take ratelimit, with a hard limit.',
    });
    await open(
      'Another client connects all the same',
      'Only messages are to be counted: no ratelimit in front of websocket-upgrade.',
    );
  },
};
