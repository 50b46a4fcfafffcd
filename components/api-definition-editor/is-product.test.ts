import { expect, test } from 'vitest';
import { isProduct } from './is-product.ts';

test.each([
  ['product: 1.0.0\ninfo: {}', true],
  ['# a comment\ninfo:\n  name: a\nproduct: 1.0.0\n', true],
  ["'product': '1.0.0'", true],
  ['"product" : 1', true],
  ['{"info": {}, "product": "1.0.0"}', true],
  ["swagger: '2.0'\ninfo:\n  product: 1.0.0\n", false],
  ['products: 1.0.0', false],
  ['{"info": {"product": "1.0.0"}}', false],
  ['{"product": ', false],
  ['product', false],
  ['', false],
])('%j is a product: %s', (text, product) => {
  expect(isProduct(text)).toBe(product);
});
