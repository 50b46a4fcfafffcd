// What an answer that is no 101 says beside its status is shown, as far as it fits.
import { randomBytes } from 'node:crypto';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { labForChecks, verdictOn } from '../examined.fixture.ts';
import { checkpointFolders, textsOf } from '../lesson-files.ts';
import { readAnswerBody } from './answer-body.ts';

const lab = labForChecks();

function answer(status: number, length: number | null, pieces: readonly string[], ends = false) {
  const connection = new PassThrough();
  for (const piece of pieces.slice(1)) connection.write(piece);
  if (ends) connection.end();
  const headers = length === null ? [] : [['content-length', String(length)] as const];
  return readAnswerBody(connection, { status, reason: '', headers }, Buffer.from(pieces[0] ?? ''));
}

test('it is as long as it says, whatever comes behind it, and whether it came with the head or after it', async () => {
  const text = randomBytes(20).toString('hex');
  expect(await answer(400, 40, [`${text}more`])).toBe(text);
  expect(await answer(400, 40, [text.slice(0, 7), text.slice(7, 30), `${text.slice(30)}more`])).toBe(text);
});

test('without a length it ends with the connection, as does one that is cut off', async () => {
  const text = randomBytes(20).toString('hex');
  expect(await answer(500, null, ['', text], true)).toBe(text);
  expect(await answer(500, 1_000, [text], true)).toBe(text);
});

test('more than 1024 bytes are cut, and said to be, without waiting for the rest', async () => {
  expect(await answer(400, 1_024, ['x'.repeat(1_024)])).toBe('x'.repeat(1_024));
  expect(await answer(400, 1_000_000, ['', 'x'.repeat(5_000)])).toBe(`${'x'.repeat(1_024)}…`);
});

test.each([101, 204, 304])('a %i has none', async (status) => {
  expect(await answer(status, null, ['frames'])).toBe('');
});

const folderOf = (step: string) => {
  const folder = checkpointFolders().find((each) => each.step === step);
  if (!folder) throw new Error(`there is no step ${step}`);
  return folder;
};

test('a script’s own message to a client that it refuses is shown where the check fails', async () => {
  const folder = folderOf('refuse-without-key');
  const word = randomBytes(8).toString('hex');
  const refuses = `context.set('message.status.code', 403);\ncontext.message.body.write('${word}');`;
  const verdict = await verdictOn(lab, folder.step, new Map([['handler.js', refuses]]));
  expect(verdict.tries.at(-1)?.received).toMatch(
    new RegExp(`^status 403\n\nHTTP/1\\.1 403 Forbidden\n[^]*\n\n${word}$`),
  );
});

test('what the gateway says to a client that is not let in is shown too', async () => {
  const folder = folderOf('wss-scheme');
  const verdict = await verdictOn(lab, folder.step, textsOf(folder, folder.start));
  expect(verdict.tries.at(-1)?.received).toMatch(/status (\d{3})\n{"httpCode":"\1",/);
});
