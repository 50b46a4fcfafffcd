import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { switchName } from '../components/gateway-switches/switch-names.ts';
import { scenario } from '../components/symptom/scenario.ts';
import { compileDefinition } from '../sandbox-server/gateway/definition/compile.ts';
import { compileProduct } from '../sandbox-server/gateway/plans/compile-product.ts';
import { gatewaySettings } from '../sandbox-server/gateway/settings.ts';
import { probeRequestSchema } from '../sandbox-server/http/probe-schemas.ts';
import { ORDER } from './elements/symptoms.ts';

const root = new URL('./content/docs/troubleshooting/', import.meta.url).pathname;
const folders = readdirSync(root, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);

test('the index has every page once', () => {
  expect([...ORDER].sort()).toEqual(folders.sort());
});

describe.each(folders)('%s', (folder) => {
  const read = (file: string) => readFileSync(join(root, folder, file), 'utf8');
  const files = readdirSync(join(root, folder));
  const page = read('index.mdx');
  const symptom = scenario.parse(JSON.parse(read('symptom.json')));

  test('has every file of its folder on its page', () => {
    // The component finds what was recorded by itself.
    const found = (file: string) => file.endsWith('.mdx') || file === 'evidence.recorded.json';
    for (const file of files) if (!found(file)) expect(page).toContain(`'./${file}`);
  });

  test('has switches and clients that the server takes', () => {
    for (const side of [symptom.broken, symptom.mended]) {
      gatewaySettings.parse(side.settings ?? {});
      for (const name of Object.keys(side.settings ?? {})) expect(switchName(name)).toBeTruthy();
      for (const client of side.clients) {
        expect(client.path.startsWith(`/${symptom.api.slice(0, 8)}`)).toBe(true);
        if (client.client !== 'browser') probeRequestSchema.parse(client);
      }
    }
  });

  test('differs between the fault and the mend', () => {
    const { shows: _broken, ...broken } = symptom.broken;
    const { shows: _mended, ...mended } = symptom.mended;
    const texts = files.some((file) => file.includes('mended'));
    expect(texts || JSON.stringify(broken) !== JSON.stringify(mended)).toBe(true);
  });

  test('deploys both its definitions without an error, under the base path of its name', () => {
    for (const file of files.filter((name) => /^(broken|mended)\.yaml$/.test(name))) {
      const { definition, diagnostics } = compileDefinition(read(file), symptom.api);
      expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      expect(definition?.basePath).toBe(`/${symptom.api}`);
    }
  });

  test('has products that fit its definition, with an application that may call it', () => {
    const { definition } = compileDefinition(read('broken.yaml'), symptom.api);
    for (const file of files.filter((name) => name.startsWith('product'))) {
      const apis = definition ? [definition] : [];
      const { product, diagnostics } = compileProduct(read(file), { apis, issue: () => 'made' });
      expect(diagnostics.filter(({ severity }) => severity !== 'info')).toEqual([]);
      expect(product?.applications.size).toBeGreaterThan(0);
    }
  });
});
