import { expect, test } from 'vitest';
import { inWords, scriptedHandshake, upgradePolicy } from './sequence.ts';

for (const sequence of [upgradePolicy, scriptedHandshake]) {
  test(`the picture "${sequence.title}" is told in words, row by row`, () => {
    const words = inWords(sequence);
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
      const named = row.kind === 'work' ? [row.at] : [row.from, row.to];
      for (const party of named) expect(sequence.parties).toContain(party);
    }
  });
}
