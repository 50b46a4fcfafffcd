import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { renderView } from '../at-build/render-view.ts';
import type { Run } from '../lab-server/answers.ts';
import { outcomeSentence } from './outcome-sentence.ts';
import { runMarks } from './run-result.ts';
import { runView } from './run-view.ts';

const run = (change: Partial<Run> = {}): Run => ({
  outcome: 'completed',
  response: { status: 101, reason: 'Switching Protocols', headers: [], body: '' },
  console: [],
  truncated: false,
  trace: [],
  error: null,
  handshake: [],
  ...change,
});
const rule = (passed: boolean, message: string) => ({ rule: 'accept', section: '4.2.2', passed, message });

describe('the outcome of a run', () => {
  test('is good only when every rule is kept', () => {
    expect(outcomeSentence(run({ handshake: [rule(true, 'a'), rule(true, 'b')] }))).toMatchObject({
      tone: 'ok',
      text: expect.stringContaining('all 2 rules'),
    });
    expect(outcomeSentence(run({ handshake: [rule(true, 'a'), rule(false, 'b')] }))).toMatchObject({
      tone: 'bad',
      text: expect.stringContaining('breaks one rule'),
    });
  });

  test.each(['threw', 'syntax-error', 'interrupted', 'out-of-memory'] as const)(
    '%s is bad, and says what the client gets',
    (outcome) => {
      const response = { status: 500, reason: 'Internal Server Error', headers: [], body: '' };
      const { tone, text } = outcomeSentence(run({ outcome, response }));
      expect([tone, text.endsWith('The client gets 500 Internal Server Error.')]).toEqual(['bad', true]);
    },
  );

  test('an error is marked at its place, and one without a place nowhere', () => {
    const error = { name: 'TypeError', message: randomUUID(), line: 3, column: null };
    expect(runMarks(run({ error }))).toEqual([
      { line: 3, column: 1, message: `TypeError: ${error.message}`, severity: 'error' },
    ]);
    expect(runMarks(run({ error: { ...error, line: null } }))).toEqual([]);
    expect(runMarks(run())).toEqual([]);
  });
});

describe('a run on the page', () => {
  test('shows what a script wrote as text, never as markup', async () => {
    const text = `<img src=x onerror=alert(1)>${randomUUID()}<!--`;
    const html = await renderView(runView(run({ console: [{ level: 'info', text, line: 1 }] })));
    expect(html).not.toContain('<img');
    expect(html).toContain(text.replaceAll('<', '&lt;').replaceAll('>', '&gt;'));
  });

  test('offers its console as DataPower logs it, as text, and nothing where nothing was logged', async () => {
    const line = `20240319T143318.611Z [apiconnect] <b>${randomUUID()}</b>`;
    const html = await renderView(runView(run({ log: [line, 'second'] })));
    expect(html).toContain('As DataPower logs it');
    expect(html).toContain(`${line.replaceAll('<', '&lt;').replaceAll('>', '&gt;')}\nsecond`);
    for (const log of [undefined, []])
      expect(await renderView(runView(run(log ? { log } : {})))).not.toContain('As DataPower');
  });

  test('recorded, it has no buttons; live, its lines lead into the editor', async () => {
    const told = run({
      error: { name: 'E', message: 'm', line: 7, column: 1 },
      console: [{ level: 'log', text: 'x', line: 9 }],
    });
    expect(await renderView(runView(told))).not.toContain('<button');
    const live = await renderView(runView(told, () => {}));
    expect(live).toContain('Go to line 7');
    expect(live).toContain('aria-label="Go to line 9"');
  });

  test('shows the response as it goes over the wire', async () => {
    const value = randomUUID();
    const response = { status: 404, reason: 'Not Found', headers: [['X-A', value] as const], body: 'gone' };
    expect(await renderView(runView(run({ response })))).toContain(
      `HTTP/1.1 404 Not Found\nX-A: ${value}\n\ngone`,
    );
  });

  test('names each broken rule with its section, and only counts the kept ones in sight', async () => {
    const message = randomUUID();
    const html = await renderView(runView(run({ handshake: [rule(false, message), rule(true, 'fine')] })));
    expect(html).toContain(message);
    expect(html).toContain('https://www.rfc-editor.org/rfc/rfc6455#section-4.2.2');
    expect(html).toContain('1 rule kept');
  });
});
