import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createPagePolicies, inlineScriptSources, pagePolicy } from './page-policy.ts';

const source = (code: string) => `'sha256-${createHash('sha256').update(code).digest('base64')}'`;

test('inline scripts are allowed by their hash, scripts with a source are not hashed', () => {
  const theme = `document.title = "${randomUUID()}";\n  if (1 < 2) {}`;
  const html = `<head><script>${theme}</script><script type="module" src="/_astro/a.js"></script>
    <SCRIPT type="module" data-src="x">two()</SCRIPT ><script>two()</script></head>`.replace(
    '</SCRIPT >',
    '</SCRIPT>',
  );
  expect(inlineScriptSources(html)).toEqual([source(theme), source('two()')]);
});

test('a page with carriage returns has the hash of what the parser makes of it', () => {
  expect(inlineScriptSources('<script>a\r\nb</script>')).toEqual([source('a\nb')]);
});

test('no page may run what stands inline without a hash', () => {
  const [, scripts] = /(?:^|; )(script-src [^;]*)/.exec(pagePolicy('<p onclick="x()">')) ?? [];
  expect(scripts).toBe("script-src 'self' 'wasm-unsafe-eval'");
});

test('a page that is built again has a new policy', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'policy-'));
  const file = join(folder, 'index.html');
  const policyOf = createPagePolicies();
  writeFileSync(file, '<script>one()</script>');
  expect(await policyOf(file)).toContain(source('one()'));
  writeFileSync(file, '<script>two()</script>');
  utimesSync(file, new Date(), new Date(Date.now() + 5_000));
  expect(await policyOf(file)).toContain(source('two()'));
  rmSync(folder, { recursive: true });
});
