import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { renderView } from '../at-build/render-view.ts';
import { productSentence, productView } from './product-view.ts';

const [clientId, clientSecret] = [randomUUID(), randomUUID()];
const live = { sentence: 's', goToLine: () => {}, lineOf: (line: number) => line };
const product = {
  name: 'chat',
  version: '1.0.0',
  plans: [
    { name: 'free', limits: [{ name: 'default', value: '5/1minute', hard: true }] },
    { name: 'soft', limits: [{ name: 'default', value: '9/1hour', hard: false }] },
    { name: 'open', limits: [] },
  ],
  applications: [{ name: 'page', plan: 'free', clientId, clientSecret }],
  diagnostics: [{ severity: 'info', rule: 'r', message: 'It is soft.', line: 7, column: 1 } as const],
};

test('a deployed product shows its plans, the keys of its applications, and what there is to say about it', async () => {
  const html = await renderView(productView(product, live));
  for (const text of [
    '5/1minute',
    '9/1hour (soft)',
    'without limits',
    clientId,
    clientSecret,
    'It is soft.',
    'Go to line 7',
  ])
    expect(html).toContain(text);
  expect(html).not.toContain('5/1minute (soft)');
});

test('a secret that the file gives is not shown, and no applications have no heading', async () => {
  const [application] = product.applications;
  const given = { ...product, applications: application ? [{ ...application, clientSecret: null }] : [] };
  expect(await renderView(productView(given, live))).not.toContain('client secret');
  expect(await renderView(productView({ ...product, applications: [] }, live))).not.toContain('Applications');
});

test('the sentence says what and where', () => {
  expect(productSentence(product, 'maple-heron')).toBe(
    'Deployed in your organization maple-heron: the product chat, version 1.0.0.',
  );
});

test('as recorded it says whose it is to nobody, and has nothing to press', async () => {
  const html = await renderView(productView(product));
  expect(html).toContain('Deployed: the product chat, version 1.0.0.');
  expect(html).not.toContain('<button');
});
