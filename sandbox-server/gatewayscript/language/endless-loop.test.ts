import { describe, expect, test } from 'vitest';
import { endlessLoopAt } from './endless-loop.ts';

const blank = () => '\n'.repeat(Math.floor(Math.random() * 5));

describe('the place of a script whose time ran out', () => {
  test('stays where it is told inside a loop', () => {
    const script = `${blank()}for (;;) {\n  f();\n}`;
    const line = script.split('\n').findIndex((text) => text.includes('f()')) + 1;
    expect(endlessLoopAt(script, { line, column: 3 })).toEqual({ line, column: 3 });
  });

  test('moves on from the last call to the one loop after it', () => {
    const script = `f();\n${blank()}  while (true) {}`;
    const line = script.split('\n').length;
    expect(endlessLoopAt(script, { line: 1, column: 1 })).toEqual({ line, column: 3 });
  });

  test('is looked for in the function that ran, not in its neighbours', () => {
    const script =
      'function one() {\n  for (;;);\n}\nfunction two() {\n  f();\n  do {} while (1);\n}\ntwo();';
    expect(endlessLoopAt(script, { line: 5, column: 3 })).toEqual({ line: 6, column: 3 });
  });

  test('is not told where several loops follow, for it would be a guess', () => {
    expect(endlessLoopAt('f();\nfor (;;) { break; }\nfor (;;) {}', { line: 1, column: 1 })).toBeNull();
  });

  test('stays where there is no loop at all', () => {
    expect(endlessLoopAt('f();', { line: 1, column: 1 })).toEqual({ line: 1, column: 1 });
  });
});
