import { expect, test } from 'vitest';
import { gatewaySettings } from '../../sandbox-server/gateway/settings.ts';
import { renderView } from '../at-build/render-view.ts';
import { defaultSettings } from './default-settings.ts';
import { SWITCHES } from './switch-names.ts';
import { switchedSentence } from './switched-sentence.ts';
import { switchesView } from './switches-view.ts';

const view = (changed = {}) => renderView(switchesView({ settings: { ...defaultSettings, ...changed } }));
const row = (html: string, label: string) =>
  html.split('<div class="lab-switch ').find((part) => part.includes(label)) ?? '';

test('every control has its label, its sentence and how the real gateway has it', async () => {
  const html = await view();
  for (const [name, { label, hint, real }] of Object.entries(SWITCHES)) {
    const part = row(html, label);
    const control = name === 'protocols' ? /<fieldset[^>]*>/ : /<(input|select)[^>]*>/;
    expect(part, name).toMatch(control);
    expect(control.exec(part)?.[0]).toContain(`aria-describedby="lab-switch-${name}-hint"`);
    expect(part).toContain(`id="lab-switch-${name}-hint"`);
    for (const words of [hint, real])
      expect(part).toContain(words.replaceAll('<', '&lt;').replaceAll('>', '&gt;'));
  }
});

test('what is known of the real gateway has the standing that the server tells', () => {
  for (const [name, schema] of Object.entries(gatewaySettings.shape))
    expect(schema.meta()?.standing, name).toBe(SWITCHES[name]?.standing);
});

test('what differs from the default is marked, and can be taken back', async () => {
  const before = await view();
  expect(before).not.toContain('lab-is-changed');
  expect(before).toMatch(/<button[^>]* disabled/);
  const after = await view({ webSocketUpgrade: false, protocols: ['https'] });
  expect(after.match(/lab-is-changed/g)).toHaveLength(2);
  expect(row(after, 'Handler: WebSocket upgrade')).not.toMatch(/<input[^>]* checked/);
  expect(row(after, 'supported protocols').match(/<input[^>]* checked/g)).toHaveLength(1);
  expect(after).not.toMatch(/<button[^>]* disabled/);
});

test('a change is told with whose gateway it was, and that a new one is empty', () => {
  const sandbox = { organization: 'maple-heron', token: 'a', expiresAt: '', apis: [] };
  const told = (renewed: boolean) => switchedSentence({ result: null, sandbox, renewed });
  expect(told(false)).toBe('Switched, in your organization maple-heron. New connections meet it.');
  expect(told(true)).toMatch(/new one: deploy to it again\.$/);
});
