import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { recordedFrames } from '../websocket-client/frame-row.ts';
import { deploymentAnswer, productAnswer, runAnswer } from './answers.ts';

const lessons = new URL('../../docs/content/docs/', import.meta.url);
const recorded = readdirSync(lessons, { recursive: true, encoding: 'utf8' })
  // Evidence and traces are no answers of the server; their own tests read them.
  .filter((file) => file.endsWith('.recorded.json') && !/(evidence|trace)\.recorded/.test(file))
  .map((file): [string, unknown] => [file, JSON.parse(readFileSync(new URL(file, lessons), 'utf8'))]);

test('the lessons have recorded outputs', () => expect(recorded.length).toBeGreaterThan(3));

test.each(recorded)('%s, as the server answered, is read whole', (_, answer) => {
  const read = Array.isArray(answer)
    ? recordedFrames.parse(answer)
    : 'outcome' in Object(answer)
      ? runAnswer.parse(answer)
      : 'plans' in Object(answer)
        ? productAnswer.parse(answer)
        : deploymentAnswer.parse(answer);
  // What is read is what was answered, but for members that the page does not show.
  expect(answer).toMatchObject(read);
});

test('an answer of another shape is refused', () => {
  expect(runAnswer.safeParse({ outcome: 'fine' }).success).toBe(false);
  expect(deploymentAnswer.safeParse({ name: 'a' }).success).toBe(false);
});
