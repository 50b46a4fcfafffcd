// A command is either understood or answered with what is wrong in it.
import { describe, expect, test } from 'vitest';
import { parseCommand, UsageError } from './usage.ts';

describe('a command', () => {
  test('is script, request, properties and the form of the answer', () => {
    const args = ['run', 'a.js', '--property', 'lab-echo=none', '--request', 'b.http', '--property', 'x=y=z'];
    const files = ['--variables', 'v.json', '--urlopen', 'u.json', '--parsed'];
    expect(parseCommand([...args, ...files, '--json', '--log'])).toEqual({
      scriptFile: 'a.js',
      requestFile: 'b.http',
      properties: { 'lab-echo': 'none', x: 'y=z' },
      variablesFile: 'v.json',
      urlopenFile: 'u.json',
      parsed: true,
      log: true,
      json: true,
    });
    expect(parseCommand(['run', 'a.js'])).toEqual({
      scriptFile: 'a.js',
      requestFile: null,
      properties: {},
      variablesFile: null,
      urlopenFile: null,
      parsed: false,
      log: false,
      json: false,
    });
  });

  test('may ask for help, alone or beside anything', () => {
    expect(parseCommand(['--help'])).toBe('help');
    expect(parseCommand(['run', '-h'])).toBe('help');
  });

  test.each([
    [[], 'There is no command'],
    [['start'], 'no command "start"'],
    [['run'], 'The script is missing'],
    [['run', 'a.js', 'b.js'], '"b.js"'],
    [['run', 'a.js', '--property', 'novalue'], 'a property is name=value'],
    [['run', 'a.js', '--property', '=value'], 'a property is name=value'],
    [['run', 'a.js', '--watch'], '--watch'],
    [['run', 'a.js', '--request'], '--request'],
  ])('%j is told what is wrong with it', (args, sentence) => {
    expect(() => parseCommand(args)).toThrow(UsageError);
    expect(() => parseCommand(args)).toThrow(sentence);
  });
});
