// What a checkpoint shows, drawn as the page draws it.
import { randomUUID } from 'node:crypto';
import { html } from 'lit';
import { expect, test } from 'vitest';
import { renderView } from '../at-build/render-view.ts';
import { actionsView } from './actions-view.ts';
import { codedText } from './coded-text.ts';
import { solutionView } from './solution-view.ts';
import { verdictView } from './verdict-view.ts';

const nothing = { apply: () => {}, undo: () => {}, applied: new Set<string>() };

test('a failure shows what was sent, expected and received, and the hints in their order', async () => {
  const [sent, expected, received, hint, second] = Array.from({ length: 5 }, () => randomUUID());
  const verdict = {
    passed: false,
    tries: [
      { title: 'first', passed: true, sent: 'not shown', expected: 'e', received: 'r' },
      {
        title: 'second',
        passed: false,
        sent: sent ?? '',
        expected: expected ?? '',
        received: received ?? '',
      },
    ],
    hint: hint ?? '',
    diagnostics: [],
    key: null,
  };
  const shown = await renderView(verdictView(verdict, [`see \`${second}\``]));
  for (const text of ['first', 'second', sent, expected, received, hint, `<code>${second}</code>`])
    expect(shown).toContain(text);
  expect(shown).not.toContain('not shown');
  expect(shown.indexOf(hint ?? '')).toBeLessThan(shown.indexOf('Hint 2:'));
});

test('once passed, it shows no hint', async () => {
  const tries = [{ title: 'all', passed: true, sent: null, expected: 'e', received: 'r' }];
  const shown = await renderView(
    verdictView({ passed: true, tries, hint: null, diagnostics: [], key: null }, ['a hint']),
  );
  expect(shown).toContain('Passed.');
  expect(shown).not.toContain('a hint');
});

test('while it is looked at again, what failed before is told as before', async () => {
  const tries = [{ title: 'it', passed: false, sent: null, expected: 'e', received: 'r' }];
  const verdict = { passed: false, tries, hint: 'A hint.', diagnostics: [], key: null };
  expect(await renderView(verdictView(verdict, []))).toContain('Not yet.');
  const shown = await renderView(verdictView(verdict, [], true));
  expect(shown).toContain('Looking at what you have deployed …');
  expect(shown).not.toContain('Not yet.');
});

test('texts of a reader’s server are shown as texts', async () => {
  const received = `<img src=x onerror="alert(1)">`;
  const tries = [{ title: 't', passed: false, sent: null, expected: 'e', received }];
  const shown = await renderView(
    verdictView({ passed: false, tries, hint: null, diagnostics: [], key: null }, []),
  );
  expect(shown).not.toContain('<img');
});

test('the solution is a difference to the reader’s own text, told without colours too', async () => {
  const [own, other] = [randomUUID(), randomUUID()];
  const mine = `same\n${own}\nend`;
  const shown = await renderView(
    solutionView([{ file: 'a.js', mine, solution: `same\n${other}\nend\n` }], nothing),
  );
  expect(shown).toContain(`-${own}`);
  expect(shown).toContain(`+${other}`);
  expect(shown).toMatch(/added: .*removed: |removed: .*added: /s);
  expect(shown).toContain('Apply to my file');
  const applied = { ...nothing, applied: new Set(['a.js']) };
  expect(await renderView(solutionView([{ file: 'a.js', mine, solution: mine }], applied))).toContain('Undo');
});

test('a text that is the solution says so and has nothing to apply', async () => {
  const shown = await renderView(solutionView([{ file: 'a.js', mine: 'x\n', solution: 'x' }], nothing));
  expect(shown).toContain('Your file is the solution.');
  expect(shown).toMatch(/<button[^>]* disabled/);
});

test('what can be asked for next stands beside Check, and nothing does before a failure', async () => {
  expect(await renderView(actionsView({ kind: 'trial' }))).not.toContain('hint');
  expect(await renderView(actionsView({ kind: 'trial', next: 'hint' }))).toContain('Another hint');
  expect(await renderView(actionsView({ kind: 'trial', next: 'solution' }))).toContain('Show the solution');
});

test('code between backquotes is code, and nothing else is', async () => {
  expect(await renderView(html`${codedText('a `b<c` d')}`)).toBe('a <code>b&lt;c</code> d');
});
