import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitWords } from './split-words.ts';

const wordsOf = (line: string): string[] => {
  const split = splitWords(line);
  if ('problem' in split) throw new Error(`${JSON.stringify(line)}: ${split.problem.message}`);
  return split.words;
};

/** What `sh` makes of the lines, asked once for all, with patterns off. Each word ends with U+0001, each line with U+0002. */
function wordsOfShell(lines: readonly string[]): string[][] {
  const script = lines.map((line) => `set -- ${line}\nprintf '%s\\001' "$@"; printf '\\002'\n`).join('');
  const printed = execFileSync('sh', ['-s'], { input: `set -f; HOME='~'\n${script}`, encoding: 'utf8' });
  return printed
    .split('\u0002')
    .slice(0, -1)
    .map((words) => words.split('\u0001').slice(0, -1));
}

test('every line that is taken has the words that sh makes of it', () => {
  const piece = fc.constantFrom(
    'a',
    'b c',
    "'",
    '"',
    '\\',
    ' ',
    '\t',
    '\\\n',
    '$',
    '#',
    '?',
    '*',
    '=',
    '{',
    '~',
    'ä',
    '://',
  );
  const lines = fc
    .sample(fc.array(piece, { maxLength: 14 }), 1_500)
    .map((pieces) => `x ${pieces.join('')}`)
    .filter((line) => 'words' in splitWords(line));
  expect(lines.length).toBeGreaterThan(300);
  const expected = wordsOfShell(lines);
  for (const [i, line] of lines.entries()) expect([line, wordsOf(line)]).toEqual([line, expected[i]]);
});

test('any word comes back whole from its quotes', () => {
  const quotedAs = [
    (word: string) => `'${word.replaceAll("'", `'\\''`)}'`,
    (word: string) => `"${word.replace(/[$`"\\]/g, '\\$&')}"`,
    (word: string) => (word === '' ? "''" : word.replace(/[^A-Za-z0-9\n]/g, '\\$&').replaceAll('\n', "'\n'")),
  ];
  const word = fc.string({ unit: 'binary', maxLength: 12 }).filter((text) => !text.includes('\r'));
  fc.assert(
    fc.property(fc.array(fc.tuple(word, fc.nat(2)), { minLength: 1, maxLength: 5 }), (words) => {
      const line = words.map(([text, style]) => quotedAs[style]?.(text)).join(' ');
      expect(wordsOf(line)).toEqual(words.map(([text]) => text));
    }),
  );
});

test('a command over several lines is one, where each but the last ends with a backslash', () => {
  expect(wordsOf('websocat -v \\\n  -k \\\r\n  wss://host/x\n')).toEqual([
    'websocat',
    '-v',
    '-k',
    'wss://host/x',
  ]);
});

test.each([
  ['echo a | websocat wss://x', 'a pipe'],
  ['curl https://x/?a=1&b=2', 'an "&"'],
  ['curl x && curl y', 'an "&"'],
  ['curl x; curl y', 'a ";"'],
  ['curl x > file', 'redirection'],
  ['curl $(id)', 'variable'],
  ['curl "$HOME"', 'variable'],
  ['curl $1', 'variable'],
  ['curl `id`', 'within a command'],
  ['curl "`id`"', 'within a command'],
  ['(curl x)', 'parenthesis'],
  ['curl x\ncurl y', 'more than one line'],
])('%j is refused with the reason', (line, reason) => {
  const split = splitWords(line);
  expect('problem' in split && split.problem.message).toContain(reason);
});

test.each([
  ["'a", "'"],
  ['"a', '"'],
  ['"a\\"', '"'],
  ['a\\', '\\'],
])('%j is not whole, and told so', (line, at) => {
  const split = splitWords(line);
  expect('problem' in split && split.problem.message).toContain(at);
});

test('white space at the end is nothing, unless it is quoted', () => {
  expect(wordsOf('a b \t\n\n ')).toEqual(['a', 'b']);
  expect(wordsOf('a\\ ')).toEqual(['a ']);
  expect(wordsOf("a ' '")).toEqual(['a', ' ']);
});

test('the same signs within quotes are characters like others', () => {
  expect(wordsOf(`a '|&;<>()$(x)\`' "|&;<>()" \\$x # rest`)).toEqual(['a', '|&;<>()$(x)`', '|&;<>()', '$x']);
});
