import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createContext } from '../../gatewayscript/context/context.ts';
import { parsePath } from '../../gatewayscript/context/path.ts';
import { createTrace } from '../../gatewayscript/context/trace.ts';
import { GuestError } from '../../gatewayscript/host/guest-error.ts';
import type { JsonValue } from '../../gatewayscript/types.ts';
import type { Transaction } from './policy.ts';
import { PropertyError } from './property-error.ts';
import { transaction } from './transaction.fixture.ts';
import { addVariable, clearVariable, writeVariable } from './variable.ts';

const names = fc.constantFrom(
  ...[
    'message.body',
    'message.body.a',
    'message.body.list[0]',
    'message.status.code',
    'message.status.reason',
  ],
  ...[
    'message.headers.X-Own',
    "message.headers['X-New']",
    'message.headers',
    'message.other',
    'message',
    'mine.a',
  ],
);
const values: fc.Arbitrary<JsonValue> = fc.constantFrom(201, 'text', '404 Gone', { a: 1 }, [1], {
  'X-Own': 'b',
});

describe('a variable that a policy writes', () => {
  it('is what it would be if a script had written it, and what a script may not write is a PropertyError', () => {
    const step = fc.record({ name: names, value: fc.option(values, { nil: undefined }) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        const { request, ...given } = transaction();
        let after: Pick<Transaction, 'message' | 'variables'> = given;
        const policy = transaction();
        const refused = (work: () => void, kind: typeof PropertyError | typeof GuestError) => {
          try {
            work();
            return false;
          } catch (error) {
            expect(error).toBeInstanceOf(kind);
            return true;
          }
        };
        for (const { name, value } of steps) {
          const keys = parsePath(name, name);
          const script = createContext({ request, ...after }, createTrace(0));
          const byPolicy = refused(
            () => (value === undefined ? clearVariable(name, policy) : writeVariable(name, value, policy)),
            PropertyError,
          );
          const byScript = refused(
            () =>
              value === undefined
                ? script.clear(keys, null, name)
                : script.set(keys, structuredClone(value), 0, null, name),
            GuestError,
          );
          expect(byPolicy).toBe(byScript);
          after = script.result();
        }
        const shown = { ...policy.message, body: Buffer.from(policy.message.body).toString() };
        expect(shown).toEqual({ ...after.message, body: Buffer.from(after.message.body).toString() });
        expect(policy.variables).toEqual(after.variables);
      }),
    );
  });

  it('by add stands beside those that are there', () => {
    const given = transaction();
    for (const value of ['a', 'b']) addVariable('message.headers.X-Own', value, given);
    expect(given.message.headers.map(({ name, value }) => `${name}: ${value}`)).toEqual([
      'X-Own: set',
      'X-Own: a',
      'X-Own: b',
    ]);
    for (const value of ['a', 1]) addVariable('mine.list', value, given);
    expect(given.variables.mine).toEqual({ list: ['a', 1] });
    addVariable('chosen', 'too', given);
    expect(given.variables.chosen).toEqual(['mine', 'too']);
  });

  it.each(['message.headers.not a name', 'constructor.x..y', '__proto__.x', ''])('%j is refused', (name) => {
    for (const write of [addVariable, writeVariable])
      expect(() => write(name, 'a', transaction())).toThrow(PropertyError);
  });

  it('with a line break in a header is refused', () => {
    expect(() => addVariable('message.headers.X-Own', 'a\r\nb: c', transaction())).toThrow(PropertyError);
  });
});
