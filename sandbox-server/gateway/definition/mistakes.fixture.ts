// What the tests of mistakes in a definition share: two texts without any, and what must hold for each mistake.
import { expect, it } from 'vitest';
import { definitionText, scriptPolicy, upgradePolicy } from '../started-gateway.fixture.ts';
import { compileDefinition } from './compile.ts';

export const good = definitionText('/one', upgradePolicy());
export const script = definitionText('/one', scriptPolicy('context.clear("x");'));

/** What it is called, the text, the rule and severity of its one diagnostic, and what stands on its line. */
export type Mistake = [string, string, string, 'error' | 'warning', string];

/** A test for each: one diagnostic at that line, and no definition where it is an error. */
export function expectToldOnce(mistakes: readonly Mistake[]): void {
  it.each(mistakes)('%s is told once, at its line', (_, text, rule, severity, line) => {
    const { definition, diagnostics } = compileDefinition(text, 'one');
    const told = diagnostics.map((each) => ({ ...each, text: text.split('\n')[each.line - 1]?.trim() }));
    expect(told).toMatchObject([{ rule, severity, text: line }]);
    expect(definition === null).toBe(severity === 'error');
    expect(diagnostics[0]?.message).toMatch(/\.$/);
  });
}
