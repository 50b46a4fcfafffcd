// Every example of gatewayscript.d.ts runs, and prints what it says.
import { afterAll, describe, expect, test } from 'vitest';
import { startScripts } from '../guest/modules/script-value.ts';
import { DECLARATIONS } from './declarations.fixture.ts';
import { EXAMPLE_RUN } from './example-run.fixture.ts';

const scripts = startScripts();
afterAll(() => scripts.close());

const { globals, shapes } = DECLARATIONS;
const told = [
  { title: 'globals', members: globals },
  ...shapes.map(({ page, name, members }) => ({ title: `${page}: ${name}`, members })),
].filter(({ members }) => members.length > 0);

const MARK = ' // prints ';

/** What each line says that it prints; `…` stands for anything. */
function promised(example: string): [line: number, text: string][] {
  return example.split('\n').flatMap((line, index): [number, string][] => {
    const mark = line.indexOf(MARK);
    return mark < 0 ? [] : [[index + 1, line.slice(mark + MARK.length)]];
  });
}

function fits(text: string | undefined, pattern: string): boolean {
  if (text === undefined || !pattern.includes('…')) return text === pattern;
  const [before = '', after = ''] = pattern.split('…');
  return text.startsWith(before) && text.endsWith(after);
}

describe.each(told)('$title', ({ members }) => {
  test.each(members)('the example of $name prints what it says', async ({ example, outcome }) => {
    const result = await scripts.run(example, EXAMPLE_RUN);
    expect(result).toMatchObject({ outcome, truncated: false });
    const printed = new Map(result.console.map(({ line, text }) => [line ?? 0, text]));
    const lines = promised(example);
    expect([...printed.keys()].sort()).toEqual(lines.map(([line]) => line).sort());
    for (const [line, text] of lines) expect(fits(printed.get(line), text), printed.get(line)).toBe(true);
  });
});
