import { expect, test } from 'vitest';
import { inPixels, ownTokens } from './sheet.ts';

test('a length is in pixels, whatever the root of the host page; the condition of a media query stays', () => {
  expect(inPixels('a{margin:-.5rem 1.25rem 0}@media (max-width: 30rem){a{width:2rem}}')).toBe(
    'a{margin:-8px 20px 0}@media (max-width: 30rem){a{width:32px}}',
  );
  expect(inPixels('.x1rem{color:red}')).toBe('.x1rem{color:red}');
});

test('the colours belong to the element’s box, dark ones where the system is dark', () => {
  const css =
    ':root{--a:1}:root,:root[data-theme="light"]{--b:1}@media screen{:root[data-theme=dark]{--b:2}}';
  expect(ownTokens(css)).toBe(
    '.lab-embed{--a:1}.lab-embed,.lab-embed{--b:1}@media screen and (prefers-color-scheme: dark){.lab-embed{--b:2}}',
  );
});
