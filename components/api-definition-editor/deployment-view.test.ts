import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { renderView } from '../at-build/render-view.ts';
import { deploymentSentence } from './deployment-sentence.ts';
import { deploymentView } from './deployment-view.ts';

const organization = randomUUID();
const secure = `wss://localhost:9443/${organization}/sandbox/a`;
const plain = `ws://localhost:4321/gateway/${organization}/sandbox/a`;
const deployed = { name: 'a', version: '1.0.0', endpoints: [secure, plain], diagnostics: [] };
const mistake = { severity: 'error', rule: 'r', message: randomUUID(), line: 12, column: 3 } as const;
const refused = { error: { code: 'definition-invalid', message: 'm', hint: 'h' }, diagnostics: [mistake] };

test('a deployment shows its URLs and the command for the reader’s own terminal', async () => {
  const html = await renderView(deploymentView(deployed));
  expect(html).toContain(secure);
  expect(html).toContain(plain);
  expect(html).toContain(`websocat -v --insecure ${secure}`);
});

test('a refused definition shows each diagnostic, and its line leads into the editor', async () => {
  const live = { sentence: 's', goToLine: () => {}, lineOf: (line: number) => line - 10 };
  const html = await renderView(deploymentView(refused, live));
  expect(html).toContain(mistake.message);
  expect(html).toContain('Go to line 2');
});

test('a deployment that offers no URL says why no client gets in', async () => {
  const html = await renderView(deploymentView({ ...deployed, endpoints: [] }));
  expect(html).toContain('gets 404 until');
  expect(html).not.toContain('Connect to it');
  expect(await renderView(deploymentView(deployed))).not.toContain('gets 404');
});

test('a line that is not in the editor is told as one of the definition', async () => {
  const html = await renderView(
    deploymentView(refused, { sentence: 's', goToLine: () => {}, lineOf: () => null }),
  );
  expect(html).toContain('Line 12 of the definition');
  expect(html).not.toContain('Go to line');
});

test('the sentence says where, whether anew, and that a refusal changes nothing', () => {
  const sandbox = { organization, apis: [] };
  expect(deploymentSentence({ result: deployed, sandbox })).toContain(`in your organization ${organization}`);
  expect(deploymentSentence({ result: deployed, sandbox, renewed: true })).toContain('was forgotten');
  expect(deploymentSentence({ result: deployed })).not.toContain('organization');
  const stays = 'What was deployed before stays';
  expect(deploymentSentence({ result: refused, sandbox: { organization, apis: ['a'] } })).toContain(stays);
  expect(deploymentSentence({ result: refused, sandbox })).not.toContain(stays);
  expect(deploymentSentence({ result: refused })).not.toContain(stays);
});
