import { expect, test } from 'vitest';
import { renderView } from '../at-build/render-view.ts';
import { toolsView } from './tools-view.ts';

const text = async (view: Parameters<typeof toolsView>[0]) =>
  (await renderView(toolsView(view))).replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');

test('where the browser keeps nothing a sentence says so, whatever else there is to say', async () => {
  const nothingKept = /This browser keeps nothing for this site/;
  expect(await text({ empty: true, kept: true })).not.toMatch(nothingKept);
  expect(await text({ empty: true, kept: false })).toMatch(nothingKept);
  const both = await text({ empty: true, kept: false, said: { text: 'It is back.', bad: false } });
  expect(both).toMatch(/It is back\..*This browser keeps nothing/);
});

test('a text that could not be read is told with the reason, and can be saved or discarded', async () => {
  const shown = await text({ empty: true, kept: true, aside: 'It is no JSON.' });
  expect(shown).toMatch(/could not be read\. It is no JSON\. It is kept aside/);
  expect(shown).toMatch(/Save it as a file .*Discard it/);
});

test('with nothing kept there is nothing to save or to forget; what was forgotten can come back', async () => {
  const empty = await renderView(toolsView({ empty: true, kept: true }));
  expect([...empty.matchAll(/<button[^>]* disabled[^>]*>([^<]+)/g)].map(([, label]) => label)).toEqual([
    'Save as a file',
    'Forget my progress',
  ]);
  expect(await text({ empty: true, kept: true, canUndo: true })).toMatch(/Bring it back/);
});
