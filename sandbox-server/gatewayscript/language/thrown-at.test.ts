import { describe, expect, test } from 'vitest';
import { thrownAt } from './thrown-at.ts';

const blank = () => '\n'.repeat(Math.floor(Math.random() * 5));

describe('the place of a thrown value that is no Error', () => {
  test('is the one throw of the script, wherever it stands', () => {
    const script = `${blank()}function f() {\n  if (true) throw 'text';\n}\nf();`;
    const line = script.split('\n').findIndex((text) => text.includes('throw')) + 1;
    expect(thrownAt(script)).toEqual({ line, column: 13 });
  });

  test('is not looked for at a throw of a new object, which tells its own', () => {
    const script = `if (false) throw new Error('a');\n${blank()}throw { code: 5 };`;
    expect(thrownAt(script)).toEqual({ line: script.split('\n').length, column: 1 });
    expect(thrownAt(`throw new TypeError('a');`)).toBeNull();
  });

  test('is not told where there are several, or code that is made while it runs', () => {
    expect(thrownAt(`if (false) throw 1;\nthrow 2;`)).toBeNull();
    expect(thrownAt(`if (false) throw 1;\nFunction('throw 2')();`)).toBeNull();
    expect(thrownAt(`if (false) throw 1;\n(0, eval)('throw 2');`)).toBeNull();
  });
});
