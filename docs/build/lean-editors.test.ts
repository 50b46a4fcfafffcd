import { ExpressiveCode } from '@astrojs/starlight/expressive-code';
import { toHtml } from '@astrojs/starlight/expressive-code/hast';
import { expect, test } from 'vitest';
import { leanEditors } from './lean-editors.ts';

const CODE = 'const answer  =  42;\n\nanswer;';

async function page(meta: string): Promise<string> {
  const code = new ExpressiveCode({ plugins: [leanEditors()] });
  return toHtml((await code.render({ code: CODE, language: 'js', meta })).renderedGroupAst);
}
const copied = (html: string) => /data-code="([^"]*)"/.exec(html)?.[1];
const blanks = (html: string) => html.match(/<span[^>]*> +<\/span>/g)?.length ?? 0;

test('an editor’s still code reads as other code, without a copy button and spans around blanks', async () => {
  const [editor, other] = [await page('labNames=false'), await page('')];
  const read = (html: string) => html.replaceAll(/<[^>]*>/g, '');
  expect(read(editor)).toBe(read(other));
  expect(copied(editor)).toBeUndefined();
  expect(blanks(editor)).toBe(0);
});

test('other code keeps what its copy button copies', async () => {
  const other = await page('');
  expect(copied(other)).toBe(CODE.replaceAll('\n', '\u007f'));
  expect(blanks(other)).toBeGreaterThan(0);
});
