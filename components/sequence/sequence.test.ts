import { expect, test } from 'vitest';
import { scriptedHandshake, upgradePolicy } from '../../docs/elements/sequence.ts';
import { renderView } from '../at-build/render-view.ts';
import { inWords } from './sequence.ts';
import { sequenceView } from './sequence-view.ts';

for (const sequence of [upgradePolicy, scriptedHandshake]) {
  test(`the picture "${sequence.title}" is told in words, row by row`, () => {
    const words = inWords(sequence.rows);
    let from = 0;
    for (const row of sequence.rows) {
      const at = words.indexOf(row.text, from);
      expect(at, row.text).toBeGreaterThanOrEqual(from);
      from = at + row.text.length;
    }
    expect(words.match(/\./g)).toHaveLength(sequence.rows.length);
  });

  test(`only parties that take part speak in "${sequence.title}"`, () => {
    for (const row of sequence.rows) {
      const named =
        row.kind === 'gap' || row.kind === 'end' ? [] : row.kind === 'work' ? [row.at] : [row.from, row.to];
      for (const party of named) expect(sequence.parties).toContain(party);
    }
  });

  test(`the picture "${sequence.title}" has a text alternative, every row, and who is absent as absent`, async () => {
    const picture = await renderView(sequenceView(sequence));
    expect(picture).toContain(`role="img" aria-label="${sequence.title}. ${inWords(sequence.rows)}"`);
    for (const { text } of sequence.rows) expect(picture).toContain(`>${text}</text>`);
    for (const party of ['client', 'gateway', 'target'] as const) {
      expect(picture).toContain(`>${party}</text>`);
      expect(picture.includes(`lab-party-${party}`)).toBe(sequence.parties.includes(party));
    }
    expect(picture.includes('lab-party-absent')).toBe(sequence.parties.length < 3);
  });
}
