import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { POLICIES } from '../assembly/policies.ts';
import { definitionText, upgradePolicy } from '../started-gateway.fixture.ts';
import { compileDefinition } from './compile.ts';

const properties = [...POLICIES.values()].flatMap((kind) =>
  Object.keys(kind.properties.shape).map((name) => [kind.name, name] as const),
);

/** What the rule for types says of a property of a policy with that value. */
function toldOf(policy: string, name: string, value: unknown): string[] {
  const text = definitionText('/one', `- ${policy}: ${JSON.stringify({ [name]: value })}`);
  return compileDefinition(text, 'one')
    .diagnostics.filter(({ rule }) => rule === 'property-type')
    .map(({ message }) => message);
}

describe('a value of a wrong type', () => {
  it.each([
    ['timeout', 'soon', /timeout: expected number\.$/],
    ['follow-redirects', 'maybe', /follow-redirects: expected true or false\.$/],
    ['version', [], /version: expected a version, such as 2\.0\.0\.$/],
    ['header-control', { type: 'block' }, /type: expected one of "blocklist"\|"allowlist"/],
    ['request-assembly', [], /request-assembly: expected object, received array\.$/],
  ])('of %s is told by what belongs there', (name, value, message) => {
    expect(toldOf('websocket-upgrade', name, value)).toEqual([expect.stringMatching(message)]);
  });

  it('a policy that is a text is told in the words of YAML', () => {
    const text = definitionText('/one', `${upgradePolicy().trimEnd()}\n- log`);
    expect(compileDefinition(text, 'one').diagnostics).toMatchObject([
      { rule: 'shape', message: expect.stringMatching(/: expected object, received string\.$/) },
    ]);
  });

  it('whatever property and value: the sentence is none of the checker’s own', () => {
    fc.assert(
      fc.property(fc.constantFrom(...properties), fc.jsonValue(), ([policy, name], value) => {
        for (const message of toldOf(policy, name, value))
          expect(message).not.toMatch(/Invalid|NaN|record|undefined|expected \.$|: \.$/);
      }),
      { numRuns: 500 },
    );
  });
});
