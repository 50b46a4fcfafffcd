import fc from 'fast-check';
import { expect, test } from 'vitest';
import { listOptions, OptionFault, type OptionKind, parseOptions, valuesOf } from './parse-options.ts';

const kinds: OptionKind[] = [
  { short: 'v', long: 'verbose', shortOnly: true, says: 'Tells more.' },
  { short: 'k', long: 'insecure', says: 'Trusts.' },
  { short: 'X', long: 'request', value: 'method', says: 'Method.' },
  { short: 'H', long: 'header', value: 'header', greedy: true, says: 'Header.' },
  { long: 'protocol', value: 'name', says: 'Subprotocol.' },
];
const clap = { equals: true };
const curl = { equals: false };

const read = (words: string[], style = clap) => {
  const { given, rest } = parseOptions(words, kinds, style);
  return { given: given.map(({ kind, value }) => (value === null ? kind.long : [kind.long, value])), rest };
};
const faultOf = (words: string[], style = clap): OptionFault => {
  try {
    read(words, style);
  } catch (error) {
    if (error instanceof OptionFault) return error;
  }
  throw new Error(`${words.join(' ')} is taken`);
};

test('letters may stand together, and a value may stand at its letter', () => {
  expect(read(['-vk', 'url', '-vXPOST'], curl)).toEqual({
    given: ['verbose', 'insecure', 'verbose', ['request', 'POST']],
    rest: ['url'],
  });
});

test('a "=" before a value belongs to websocat’s style only', () => {
  expect(read(['--protocol=a=b', '-H=X: y', '-X=']).given).toEqual([
    ['protocol', 'a=b'],
    ['header', 'X: y'],
    ['request', ''],
  ]);
  expect(read(['-X=PUT'], curl).given).toEqual([['request', '=PUT']]);
  expect(faultOf(['--protocol=a'], curl)).toMatchObject({ what: 'unknown', option: '--protocol=a' });
});

test('a greedy option takes the words up to the next option, and none where its value stands at it', () => {
  expect(read(['-H', 'A: b', 'wss://x'])).toEqual({
    given: [
      ['header', 'A: b'],
      ['header', 'wss://x'],
    ],
    rest: [],
  });
  expect(read(['-H', 'A: b', '-k', 'wss://x']).rest).toEqual(['wss://x']);
  expect(read(['-H=A: b', 'wss://x']).rest).toEqual(['wss://x']);
});

test.each([
  [['-vz'], clap, 'unknown', '-z', '-vz'],
  [['--foo', 'x'], clap, 'unknown', '--foo', '--foo'],
  [['--verbose'], clap, 'unknown', '--verbose', '--verbose'],
  [['--insecure=1'], clap, 'surplus-value', '--insecure', '--insecure=1'],
  [['-X'], curl, 'no-value', '-X', '-X'],
  [['-X', '-k'], clap, 'no-value', '-X', '-X'],
] as const)('%j: %s', (words, style, what, option, word) => {
  expect(faultOf([...words], style)).toMatchObject({ what, option, word });
});

test('curl takes the next word as a value whatever it looks like', () => {
  expect(read(['-X', '-k'], curl)).toEqual({ given: [['request', '-k']], rest: [] });
});

test('what follows -- is no option, and a lone - is none either', () => {
  expect(read(['-', '--', '-z', '--foo'])).toEqual({ given: [], rest: ['-', '-z', '--foo'] });
});

test('no words bring anything else than options, rest or a fault, and no word is lost', () => {
  const word = fc.oneof(
    fc.constantFrom('-v', '-kv', '-X', '-XPUT', '--request', '--protocol=a', '--', '-', '-H', '--foo'),
    fc.string({ maxLength: 6 }),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 8 }), fc.boolean(), (words, equals) => {
      try {
        const parsed = parseOptions(words, kinds, { equals });
        for (const text of parsed.rest) expect(words).toContain(text);
        const plain = words.filter((text) => !text.startsWith('-'));
        const taken = [...parsed.rest, ...parsed.given.map(({ value }) => value)];
        for (const text of plain) expect(taken).toContain(text);
      } catch (error) {
        expect(error).toBeInstanceOf(OptionFault);
      }
    }),
  );
});

test('the list tells each option with its value and what it does', () => {
  expect(listOptions(kinds)).toMatch(/^ {6}--protocol <name> {3}Subprotocol\.$/m);
  expect(valuesOf(parseOptions(['-Ha: b', '-Hc: d'], kinds, curl), 'header')).toEqual(['a: b', 'c: d']);
});
