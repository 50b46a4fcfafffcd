import { expect, test } from 'vitest';
import { renderView } from '../at-build/render-view.ts';
import { type TerminalView, terminalView } from './terminal-view.ts';

const view: TerminalView = {
  state: 'prompt',
  exit: null,
  reader: false,
  signal() {},
  toggleReader() {},
  close() {},
};
const rendered = (parts: Partial<TerminalView>) => renderView(terminalView({ ...view, ...parts }));

test.each([
  [{ state: 'connecting' }, 'Connecting …'],
  [{ state: 'away' }, 'server is away'],
  [{ state: 'running', exit: 1 }, '>Running<'],
  [{ state: 'prompt', exit: 0 }, '>Ready<'],
  [{ state: 'prompt', exit: 130 }, 'ended with 130'],
] as const)('%j is told', async (parts, sentence) => {
  expect(await rendered(parts)).toContain(sentence);
});

test('Ctrl-C and Ctrl-D can be pressed while a program runs, and only then', async () => {
  const disabled = async (state: TerminalView['state']) =>
    (await rendered({ state })).match(/<button[^>]* disabled/g)?.length ?? 0;
  expect([await disabled('running'), await disabled('prompt')]).toEqual([0, 2]);
});

test('the switch for screen readers is there where there is a choice', async () => {
  expect(await rendered({ reader: true })).toContain('aria-pressed="true"');
  expect(await rendered({ reader: null })).not.toContain('Screen reader');
});
