import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { contrast, readTokens, type Theme } from './contrast.ts';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
const speakers = ['client', 'gateway', 'target', 'accent', 'ok', 'warn', 'bad'];
const surfaces = ['surface', 'surface-2'];

/** WCAG 2.2, 1.4.3: text; 1.4.11: edges of controls and graphics. */
const TEXT = 4.5;
const PART = 3;

for (const theme of ['light', 'dark'] as const satisfies Theme[]) {
  const tokens = readTokens(css, theme);
  const ratio = (one: string, other: string) =>
    contrast(tokens.get(`--lab-${one}`) ?? '', tokens.get(`--lab-${other}`) ?? '');

  test(`text can be read on every surface in the ${theme} theme`, () => {
    for (const ink of ['text', 'text-soft', ...speakers]) {
      for (const surface of surfaces)
        expect(ratio(ink, surface), `${ink} on ${surface}`).toBeGreaterThanOrEqual(TEXT);
    }
  });

  test(`text can be read on every soft background in the ${theme} theme`, () => {
    for (const name of speakers) {
      for (const ink of [name, 'text', 'text-soft']) {
        expect(ratio(ink, `${name}-soft`), `${ink} on ${name}-soft`).toBeGreaterThanOrEqual(TEXT);
      }
    }
    expect(ratio('accent-text', 'accent')).toBeGreaterThanOrEqual(TEXT);
  });

  test(`edges and focus rings can be made out in the ${theme} theme`, () => {
    for (const part of ['border', 'focus']) {
      for (const surface of surfaces)
        expect(ratio(part, surface), `${part} on ${surface}`).toBeGreaterThanOrEqual(PART);
    }
  });
}

test('both themes name the same colours', () => {
  const light = [...readTokens(css, 'light').keys()];
  expect(light.length).toBeGreaterThan(20);
  expect([...readTokens(css, 'dark').keys()].sort()).toEqual(light.sort());
});
