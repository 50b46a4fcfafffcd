import { randomBytes, randomInt } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JsonObject } from '../../gatewayscript/types.ts';
import { watchContext } from './context-changes.ts';
import { transaction } from './transaction.fixture.ts';
import { clearVariable, writeVariable } from './variable.ts';

const limits = { EVENT_CONTEXT_CHANGES: 30, EVENT_CONTEXT_CHARACTERS: 64, EVENT_CONTEXT_VARIABLES: 500 };
const word = () => randomBytes(6).toString('hex');

test('what is set, replaced and cleared is told with its value before and after; nothing else is', () => {
  const [old, fresh, gone] = [word(), word(), word()];
  const asked = transaction();
  writeVariable('mine.replaced', old, asked);
  writeVariable('mine.cleared', gone, asked);
  const told = watchContext(asked, limits);
  expect(told()).toEqual({ changes: [], more: 0, whole: true });
  writeVariable('mine.replaced', fresh, asked);
  clearVariable('mine.cleared', asked);
  writeVariable('message.status.code', 201, asked);
  writeVariable('message.headers.X-Own', fresh, asked);
  const { changes, more, whole } = told();
  expect(changes).toContainEqual({ name: 'mine.replaced', before: `"${old}"`, after: `"${fresh}"` });
  expect(changes).toContainEqual({ name: 'mine.cleared', before: `"${gone}"`, after: null });
  expect(changes).toContainEqual({ name: 'message.status.code', before: null, after: '201' });
  expect(changes).toContainEqual({ name: 'message.headers.X-Own', before: '"set"', after: `"${fresh}"` });
  expect([more, whole]).toEqual([0, true]);
});

test('a header of the request that a policy sets to its own value is told, since it is the policy’s now', () => {
  const asked = transaction();
  const value = word();
  asked.message = { ...asked.message, headers: [{ name: 'Upgrade', value, origin: 'request' }] };
  const told = watchContext(asked, limits);
  writeVariable('message.headers.Upgrade', value, asked);
  expect(told().changes).toEqual([
    { name: 'message.headers.Upgrade', before: `"${value}"`, after: `"${value}"` },
  ]);
});

test('a value is told as far as the limit goes, and how long it is', () => {
  const asked = transaction();
  const told = watchContext(asked, limits);
  const length = randomInt(100, 5_000);
  writeVariable('mine', 'ä'.repeat(length), asked);
  asked.message = { ...asked.message, body: Buffer.from('b'.repeat(length)) };
  const [body, mine] = told().changes;
  expect(body?.after).toBe(`"${'b'.repeat(64)} …" (${length} in all)`);
  expect(mine?.after).toBe(`"${'ä'.repeat(64)} …" (${length} in all)`);
});

test('a name is told as far as the limit goes, so that an event has a bound', () => {
  const asked = transaction();
  const told = watchContext(asked, limits);
  const name = `mine${'n'.repeat(randomInt(100, 50_000))}`;
  writeVariable(name, 1, asked);
  expect(told().changes).toEqual([{ name: `${name.slice(0, 64)} …`, before: null, after: '1' }]);
});

test('secrets are told to have changed, never what they are', () => {
  for (const name of [
    'message.headers.Authorization',
    'message.headers.X-IBM-Client-Secret',
    'message.headers.Cookie',
    'mine.password',
    'generated.jwt',
    'mine.api_key',
  ]) {
    const asked = transaction();
    const [old, fresh] = [word(), `${word()}${word()}`];
    writeVariable(name, old, asked);
    const told = watchContext(asked, limits);
    writeVariable(name, fresh, asked);
    const text = JSON.stringify(told());
    expect(told().changes).toEqual([
      { name, before: '(hidden, 12 characters)', after: '(hidden, 24 characters)' },
    ]);
    expect(text).not.toContain(old);
    expect(text).not.toContain(fresh);
  }
});

test('changes beyond the limit are counted', () => {
  const asked = transaction();
  const told = watchContext(asked, limits);
  const count = randomInt(31, 200);
  for (let n = 0; n < count; n += 1) writeVariable(`mine.v${n}`, n, asked);
  const { changes, more } = told();
  expect(changes).toHaveLength(30);
  expect(more).toBe(count - 30);
});

test('a context larger than what is looked at is said to be, and nothing untrue is told of it', () => {
  const asked = transaction();
  const many: JsonObject = {};
  for (let n = 0; n < 2_000; n += 1) many[`v${n}`] = n;
  asked.variables.many = many;
  const told = watchContext(asked, limits);
  writeVariable('aaa', 1, asked);
  expect(told()).toEqual({ changes: [], more: 0, whole: false });
});

test('whatever the context holds, the work is bounded and an untouched one has no changes', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 5 })), (given) => {
      const asked = transaction();
      asked.variables = { ...asked.variables, ...JSON.parse(JSON.stringify(given)) };
      expect(watchContext(asked, limits)().changes).toEqual([]);
    }),
  );
});
