import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CookedInput } from './cooked-input.ts';
import { keysOf } from './keys.ts';
import { LineEditor } from './line-editor.ts';

const UP = '\x1b[A';
const DOWN = '\x1b[B';
const LEFT = '\x1b[D';
const RIGHT = '\x1b[C';
const feed = (editor: LineEditor, data: string) => keysOf(data).flatMap((key) => editor.press(key) ?? []);
const after = (...keys: string[]) => {
  const editor = new LineEditor();
  const deeds = feed(editor, keys.join(''));
  return { line: [editor.beforeCursor, editor.text.slice(editor.beforeCursor.length)], deeds };
};

test.each([
  ['typed', ['abc'], ['abc', '']],
  ['left and right', ['abc', LEFT, LEFT, RIGHT, 'X'], ['abX', 'c']],
  ['home and end', ['abc', '\x1b[H', 'X', '\x05', 'Y'], ['XabcY', '']],
  ['backspace, also over a character of two units', ['a😀', '\x7f', 'b'], ['ab', '']],
  ['backspace at the start', ['\x7f\x7f', 'a'], ['a', '']],
  ['delete', ['abc', LEFT, LEFT, '\x1b[3~'], ['a', 'c']],
  ['Ctrl-U and Ctrl-K', ['abc def', LEFT, LEFT, '\x15', RIGHT, '\x0b'], ['e', '']],
  ['Ctrl-W', ['websocat -v  ', '\x17'], ['websocat ', '']],
  ['a tab', ['a\tb'], ['a b', '']],
  ['keys that mean nothing', ['a', '\x1b[5~', '\x1b[1;5P', '\x02', 'b'], ['ab', '']],
])('%s', (_, keys, line) => {
  expect(after(...keys)).toEqual({ line, deeds: [] });
});

test('Enter gives the line, Ctrl-C drops it, Ctrl-D counts on an empty line only', () => {
  expect(after('help\r').deeds).toEqual([{ kind: 'line', text: 'help' }]);
  expect(after('help\x03', '\x04').deeds).toEqual([{ kind: 'interrupt' }, { kind: 'end' }]);
  expect(after('ab', LEFT, '\x04')).toEqual({ line: ['a', ''], deeds: [] });
  expect(after('\x0c').deeds).toEqual([{ kind: 'clear' }]);
});

test('a pasted command over several lines is one; pasted commands are one after the other', () => {
  expect(after('websocat -v \\\r\n  -k x\r\nhelp\r').deeds).toEqual([
    { kind: 'line', text: 'websocat -v \\\n  -k x' },
    { kind: 'line', text: 'help' },
  ]);
  expect(after('a\\\\\r').deeds).toEqual([{ kind: 'line', text: 'a\\\\' }]);
});

test('the arrows bring earlier lines, and the one that was being written', () => {
  const editor = new LineEditor();
  for (const line of ['one', 'two', 'two', ' ']) editor.remember(line);
  feed(editor, 'dra');
  feed(editor, UP);
  expect(editor.text).toBe('two');
  feed(editor, UP + UP + UP);
  expect(editor.text).toBe('one');
  feed(editor, DOWN + DOWN + DOWN);
  expect(editor.text).toBe('dra');
});

test('whatever keys come, the cursor stays within the line', () => {
  const key = fc.oneof(
    fc.constantFrom(
      UP,
      DOWN,
      LEFT,
      RIGHT,
      '\x7f',
      '\x1b[3~',
      '\x15',
      '\x0b',
      '\x17',
      '\x01',
      '\x05',
      '\x03',
      '\r',
      '\x1b',
    ),
    fc.string({ unit: 'binary', maxLength: 4 }),
  );
  fc.assert(
    fc.property(fc.array(key, { maxLength: 30 }), (keys) => {
      const editor = new LineEditor();
      for (const pressed of keys) {
        for (const deed of feed(editor, pressed)) if (deed.kind === 'line') editor.remember(deed.text);
        expect(editor.text.startsWith(editor.beforeCursor)).toBe(true);
      }
    }),
  );
});

const cooked = (data: string) => {
  const deeds = [...new CookedInput().feed(keysOf(data))];
  return {
    echo: deeds.map((deed) => (deed.kind === 'echo' ? deed.text : '')).join(''),
    sent: deeds.flatMap((deed) =>
      deed.kind === 'input' ? [deed.text] : deed.kind === 'signal' ? [deed.signal] : [],
    ),
  };
};

test('for a program, each line is echoed and sent with its end; Ctrl-C and Ctrl-D are signals', () => {
  expect(cooked('hallo\x7f\x7flo\r')).toEqual({ echo: 'hallo\b \b\b \blo\r\n', sent: ['hallo\n'] });
  expect(cooked('ab\x15\x7fc\r')).toEqual({ echo: 'ab\b \b\b \bc\r\n', sent: ['c\n'] });
  expect(cooked('ab\x04\x04')).toEqual({ echo: 'ab', sent: ['ab', 'end-of-input'] });
  expect(cooked('ab\x03\r')).toEqual({ echo: 'ab^C\r\n\r\n', sent: ['interrupt', '\n'] });
  expect(cooked(`a${UP}${LEFT}\x1b\x02b\tc\r\nd`)).toEqual({ echo: 'ab\tc\r\nd', sent: ['ab\tc\n'] });
});

test('a pasted line of a million characters is cut: at the prompt to ten thousand, for a program as a terminal cuts it', () => {
  const million = 'x'.repeat(1_000_000);
  expect(after(million, '\x01', 'y').line).toEqual(['', 'x'.repeat(10_000)]);
  expect(after(million, '\x7f\x7f', 'yz').line).toEqual([`${'x'.repeat(9_998)}yz`, '']);
  const { echo, sent } = cooked(`${million}\x7fy\rz\r`);
  expect(sent).toEqual([`${'x'.repeat(4_094)}y\n`, 'z\n']);
  expect(echo).toBe(`${'x'.repeat(4_095)}\b \by\r\nz\r\n`);
});
