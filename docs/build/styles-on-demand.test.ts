import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { stylesOnDemand } from './styles-on-demand.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'styles-on-demand-'));
  const editor = join(folder, 'node_modules', 'big-editor');
  mkdirSync(editor, { recursive: true });
  writeFileSync(join(editor, 'package.json'), '{"name":"big-editor","type":"module","main":"index.js"}');
  writeFileSync(join(editor, 'index.js'), "import './editor.css';\nexport const editor = 1;\n");
  writeFileSync(join(editor, 'editor.css'), '.from-the-editor { color: red }');
  writeFileSync(join(folder, 'own.css'), '.from-the-page { color: blue }');
  writeFileSync(join(folder, 'main.js'), "import './own.css';\nimport('big-editor').then(console.log);\n");
});

afterEach(() => rmSync(folder, { recursive: true }));

/** Texts of the built files: those that are linked as styles, and those that run. */
async function bundle(): Promise<{ styles: string; scripts: string }> {
  const result = await build({
    root: folder,
    configFile: false,
    logLevel: 'silent',
    plugins: [stylesOnDemand('big-editor')],
    build: { write: false, rolldownOptions: { input: join(folder, 'main.js') } },
  });
  const texts = { styles: '', scripts: '' };
  for (const { output } of [result].flat().filter((one) => 'output' in one)) {
    for (const file of output) {
      if (file.type === 'chunk') texts.scripts += file.code;
      else if (file.fileName.endsWith('.css')) texts.styles += file.source;
    }
  }
  return texts;
}

test('the styles of the named package travel in its script, all others stay stylesheets', async () => {
  const { styles, scripts } = await bundle();
  expect(styles).toContain('from-the-page');
  expect(styles).not.toContain('from-the-editor');
  expect(scripts).toContain('from-the-editor');
});
