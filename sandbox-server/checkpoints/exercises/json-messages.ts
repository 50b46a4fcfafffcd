// Exercise: requests and answers in JSON, and an answer to whatever is wrong with one, on a connection that stays open.
import { randomInt } from 'node:crypto';
import { z } from 'zod';
import type { Examination, TrialCheckpoint } from '../checkpoint.ts';
import type { Message, TrialSocket } from '../client/socket.ts';
import { connected, told } from './connected.ts';
import { freshWord } from './fresh-word.ts';

const answerSchema = z.looseObject({
  id: z.unknown().optional(),
  result: z.unknown().optional(),
  error: z.unknown().optional(),
});
type Answer = z.output<typeof answerSchema>;

export const jsonMessages: TrialCheckpoint = {
  step: 'json-messages',
  kind: 'trial',
  files: { 'websocket_server.js': 'server' },
  async check(examination) {
    const socket = await connected(examination);
    const text = word();
    await expectResult(examination, socket, { id: randomInt(1e6), op: 'upper', text }, text.toUpperCase());
    const other = word();
    const reversed = [...other].reverse().join('');
    await expectResult(examination, socket, { id: word(), op: 'reverse', text: other }, reversed);

    await expectError(examination, socket, {
      title: 'A message that is no JSON is answered with an error',
      sent: `{"id": ${word()}`,
      id: null,
      hint: 'JSON.parse throws. Catch that, and send an error with the id null.',
    });
    await expectError(examination, socket, {
      title: 'JSON that is no object is answered with an error',
      sent: 'null',
      id: null,
      hint: 'JSON may be null, a number, a list. None of them has an op.',
    });
    for (const op of [word(), 'constructor']) {
      const id = randomInt(1e6);
      await expectError(examination, socket, {
        title: `The unknown op ${op} is answered with an error`,
        sent: JSON.stringify({ id, op, text: word() }),
        id,
        hint: 'Only upper and reverse are known. What every object has, such as constructor, is no op: a Map knows only what was put in.',
      });
    }
    const id = word();
    await expectError(examination, socket, {
      title: 'A text that is a number is answered with an error',
      sent: JSON.stringify({ id, op: 'upper', text: randomInt(1e6) }),
      id,
      hint: 'A number has no toUpperCase. Look at `typeof text` first.',
    });

    const last = word();
    await expectResult(examination, socket, { id: word(), op: 'upper', text: last }, last.toUpperCase());
  },
};

const word = () => `wörd-${freshWord()}`;

interface Request {
  id: string | number;
  op: 'upper' | 'reverse';
  text: string;
}

async function expectResult(
  { expect }: Examination,
  socket: TrialSocket,
  request: Request,
  result: string,
): Promise<void> {
  socket.send(JSON.stringify(request));
  const message = await socket.next();
  const answer = read(message);
  expect(answer?.id === request.id && answer.result === result, {
    title: `A request with op ${request.op} is answered`,
    exchange: socket,
    expected: JSON.stringify({ id: request.id, result }),
    received: await told(socket, message),
    hint:
      answer?.id === request.id
        ? 'The id is right, the result is not: it depends on op, upper or reverse.'
        : 'The answer is JSON.stringify({ id, result }), with the id of this very request, a number or a text as it came.',
  });
}

async function expectError(
  { expect }: Examination,
  socket: TrialSocket,
  { title, sent, id, hint }: { title: string; sent: string; id: string | number | null; hint: string },
): Promise<void> {
  socket.send(sent);
  const message = await socket.next();
  const answer = read(message);
  const says = typeof answer?.error === 'string' && answer.error !== '' && answer.result === undefined;
  expect(says && (answer.id ?? null) === id, {
    title,
    exchange: socket,
    expected: `{"id":${JSON.stringify(id)},"error":"…"}`,
    received: await told(socket, message),
    hint,
  });
}

/** `null` for what is no JSON object. */
function read(message: Message | null): Answer | null {
  try {
    return answerSchema
      .nullable()
      .catch(null)
      .parse(JSON.parse(message?.text ?? 'null'));
  } catch {
    return null;
  }
}
