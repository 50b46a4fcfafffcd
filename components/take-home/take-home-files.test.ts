import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { compileDefinition } from '../../sandbox-server/gateway/definition/compile.ts';
import { takeHomeFiles } from './take-home-files.ts';

const read = (file: string) =>
  readFileSync(new URL(`../../docs/content/docs/${file}`, import.meta.url), 'utf8');
const texts = {
  upgrade: read('websocket-upgrade/07-deploy/websocket-upgrade.yaml'),
  scripted: read('gatewayscript/02-handshake-handler/websocket-test.yaml'),
  script: `// ${crypto.randomUUID()}\n${read('gatewayscript/02-handshake-handler/handler.js')}`,
  server: read('websocket-upgrade/02-server-file/websocket_server.js'),
};

test('both definitions deploy in the lab without a diagnostic', () => {
  const files = takeHomeFiles(texts, {});
  for (const file of ['websocket-upgrade.yaml', 'websocket-test.yaml'])
    expect(compileDefinition(files[file] ?? '', 'home').diagnostics).toEqual([]);
});

test('the script of the reader is in the definition, and beside it', () => {
  const files = takeHomeFiles(texts, {});
  const { assembly } = parse(files['websocket-test.yaml'] ?? '')['x-ibm-configuration'];
  expect(assembly.execute[0].gatewayscript.source).toBe(files['handler.js']);
  expect(files['handler.js']).toBe(`${texts.script.trimEnd()}\n`);
});

test('the product refers to every definition by its name and file', () => {
  const files = takeHomeFiles(texts, {});
  const { apis } = parse(files['product.yaml'] ?? '');
  for (const { $ref } of Object.values<{ $ref: string }>(apis)) expect(files[$ref]).toBeTruthy();
  expect(Object.keys(apis)).toEqual(['websocket-upgrade', 'websocket-test']);
});

test('the reader’s names are in definition and commands, and without them the commands say what to fill in', () => {
  const names = {
    gateway: 'api.example.com',
    organization: 'acme',
    catalog: 'test',
    backend: '10.1.2.3:9000',
  };
  const files = takeHomeFiles(texts, names);
  expect(files['websocket-upgrade.yaml']).toContain('target-url: http://10.1.2.3:9000');
  expect(files['README.md']).toContain('wss://api.example.com/acme/test/websocket-upgrade');
  expect(files['README.md']).toContain('--org acme --catalog test');
  // With the reader's backend the lab has no such target: the README says what it has, and with that it deploys there.
  const [, lab = '', own = ''] =
    /In the lab it is `(.*?)`: write that in place of\n`(.*?)`/.exec(files['README.md'] ?? '') ?? [];
  const again = files['websocket-upgrade.yaml']?.replace(own, lab) ?? '';
  expect(compileDefinition(again, 'home').diagnostics).toEqual([]);
  expect(takeHomeFiles(texts, {})['README.md']).not.toContain('In the lab it is');
  expect(takeHomeFiles(texts, {})['README.md']).toContain(
    'wss://<gateway>/<organization>/sandbox/websocket-test',
  );
});

test('a definition that is no YAML is told, and no zip is made of it', () => {
  expect(() => takeHomeFiles({ ...texts, scripted: 'a: [' }, {})).toThrow(/no YAML/);
});
