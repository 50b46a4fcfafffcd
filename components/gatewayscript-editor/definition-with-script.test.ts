import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { definitionWithScript } from './definition-with-script.ts';

const definition = readFileSync(
  new URL('../../docs/content/docs/gatewayscript/02-handshake-handler/websocket-test.yaml', import.meta.url),
  'utf8',
);
const script = () => `// ${randomUUID()}\nconst a = 'it''s: #no comment';\n\n  indented();\n`;
const sourceOf = (text: string) =>
  parse(text)['x-ibm-configuration'].assembly.execute[0].gatewayscript.source;

describe('a script in a definition', () => {
  test('stands there as the reader wrote it', () => {
    const text = script();
    expect(sourceOf(definitionWithScript(definition, text).text)).toBe(text);
  });

  test('leaves all else of the definition as it was', () => {
    const original = sourceOf(definition);
    expect(definitionWithScript(definition, original).text.trimEnd()).toBe(definition.trimEnd());
  });

  test('keeps the comments', () => {
    const note = `# ${randomUUID()}`;
    expect(definitionWithScript(`${note}\n${definition}`, 'x();').text).toContain(note);
  });

  test('a line of the definition leads to the line of the script', () => {
    const text = script();
    const { text: whole, scriptLine } = definitionWithScript(definition, text);
    const lines = whole.split('\n');
    const at = lines.findIndex((line) => line.includes('indented();')) + 1;
    expect(scriptLine(at)).toBe(4);
    expect(scriptLine(at - 3)).toBe(1);
    expect(scriptLine(at - 4)).toBeNull();
    expect(scriptLine(at + 1)).toBeNull();
    expect(scriptLine(1)).toBeNull();
  });

  test('only the first of several policies takes it', () => {
    const two = 'a:\n  - gatewayscript:\n      source: one\n  - gatewayscript:\n      source: two\n';
    expect(parse(definitionWithScript(two, 'x').text)).toEqual({
      a: [{ gatewayscript: { source: 'x\n' } }, { gatewayscript: { source: 'two' } }],
    });
  });

  test('a definition without such a policy, or that is no YAML, is told in words', () => {
    expect(() => definitionWithScript('a: 1\n', 'x')).toThrow('no gatewayscript policy');
    expect(() => definitionWithScript('a: [1\n', 'x')).toThrow('no YAML');
  });
});
