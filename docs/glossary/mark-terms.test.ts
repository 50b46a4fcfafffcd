import { satteri } from '@astrojs/markdown-satteri';
import { expect, test } from 'vitest';
import { markTerms } from './mark-terms.ts';

/** The page as the site's own Markdown processor makes it. */
async function pageOf(markdown: string): Promise<string> {
  const renderer = await satteri({ hastPlugins: [markTerms] }).createRenderer({});
  return (await renderer.render(markdown)).code;
}

test('a link to the glossary becomes a button for a definition at the end of the page', async () => {
  const page = await pageOf('One [frame](/glossary/#frame).\n\nLast words.');
  expect(page).toContain('<button type="button" class="term" popovertarget="term-frame">frame</button>');
  expect(page).toMatch(/<div popover="auto" id="term-frame"><p><strong>frame<\/strong>: The unit that/);
  expect(page.indexOf('Last words.')).toBeLessThan(page.indexOf('<div popover'));
});

test('what stands behind a term, such as a full stop, begins no line of its own', async () => {
  expect(await pageOf('One [frame](/glossary/#frame).')).toContain('frame</button>\u2060</span>.');
});

test('other links, and pages without terms, stay as they are', async () => {
  const markdown = 'A [glossary](/glossary/), a [page](/handshake/#key).';
  const renderer = await satteri().createRenderer({});
  expect(await pageOf(markdown)).toBe((await renderer.render(markdown)).code);
});

test('each page has the definitions of its own terms only', async () => {
  await pageOf('A [mask](/glossary/#mask).');
  expect(await pageOf('An [opcode](/glossary/#opcode).')).not.toContain('term-mask');
});

test('what stands in backticks is code, in the word and in its definition', async () => {
  const page = await pageOf('The header of the [`key`](/glossary/#key).');
  expect(page).toContain('popovertarget="term-key"><code>key</code></button>');
  expect(page).toContain('<code>Sec-WebSocket-Key</code>');
});

test('an unknown term and a second link stop the build', async () => {
  await expect(pageOf('A [word](/glossary/#flux).')).rejects.toThrow('Received the term "flux"');
  await expect(pageOf('[one](/glossary/#key) [two](/glossary/#key)')).rejects.toThrow(
    'links the term "key" twice',
  );
});
