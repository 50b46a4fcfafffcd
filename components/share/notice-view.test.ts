import { expect, test } from 'vitest';
import { renderView } from '../at-build/render-view.ts';
import { noticeView } from './notice-view.ts';

const offered = { kind: 'offered', holds: 'a script (5 bytes)', keeps: true, replaces: false } as const;

test('a link says whose work it brings, what it holds, and that nothing of it has run', async () => {
  const html = await renderView(noticeView(offered));
  for (const words of [
    'Somebody else’s work',
    'a script (5 bytes)',
    'Nothing of it has run',
    'nothing is deployed',
    'Open it',
    'Keep mine',
  ])
    expect(html).toContain(words);
});

test('where the browser keeps nothing, that is said before and after', async () => {
  expect(await renderView(noticeView({ ...offered, keeps: false }))).toContain('This browser keeps nothing');
  expect(await renderView(noticeView({ kind: 'opened', edited: false, keeps: false }))).toContain(
    'until you leave this page',
  );
});

test('what was opened is somebody else’s until the reader changes it, and the way back stays', async () => {
  const untouched = await renderView(noticeView({ kind: 'opened', edited: false, keeps: true }));
  const edited = await renderView(noticeView({ kind: 'opened', edited: true, keeps: true }));
  expect(untouched).toContain('This is somebody else’s work');
  expect(edited).not.toContain('somebody else’s');
  for (const html of [untouched, edited]) expect(html).toContain('Back to mine');
});

test('a broken link cannot be opened', async () => {
  const html = await renderView(
    noticeView({ kind: 'broken', problem: { message: 'Broken.', hint: 'Ask.' } }),
  );
  expect(html).toContain('Broken.');
  expect(html).not.toContain('Open it');
});
