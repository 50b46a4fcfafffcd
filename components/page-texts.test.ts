import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { pageData } from './at-build/page-data.ts';
import { parseTexts } from './page-texts.ts';

test('what the build wrote is what the element reads, whatever the text', () => {
  const texts = { source: `</script><!-- ${randomUUID()}\n"quoted" \\ ü\u2028`, file: 'a.js' };
  const json = pageData({ ...texts, missing: undefined });
  expect(json).not.toContain('<');
  expect(parseTexts(json)).toEqual(texts);
});

test('damaged data are no texts', () => {
  for (const json of ['', 'null', '[', '5', '{"a":1}']) expect(parseTexts(json)).toEqual({});
});
