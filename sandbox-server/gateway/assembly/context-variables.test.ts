// Every variable that the product documents for an API, as a deployed script reads it.
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { contextVariables } from './context-variables.ts';

test('the table of the API, the session and the clock', () => {
  const [name, property] = [randomUUID(), randomUUID()];
  const api = {
    name,
    title: 'Title',
    version: '2.1.0',
    basePath: '/base',
    schemes: [],
    operations: [],
    properties: { mine: property, 'local.parameter.mode': name },
    lab: { echo: 'upgrade' as const, attach: 'none' as const },
    assembly: { execute: [], catch: [], finally: [] },
  };
  const before = Date.now();
  const variables = contextVariables(
    { name: 'maple', catalog: 'sandbox' },
    api,
    { id: 'getOrder', method: 'get', path: '/orders/{id}' },
    'f'.repeat(24),
    'gateway.example:9443',
  );
  expect(variables).toMatchObject({
    api: {
      id: `maple:${name}:2.1.0`,
      name,
      version: '2.1.0',
      root: '/base',
      type: 'REST',
      org: { id: 'maple', name: 'maple' },
      catalog: { id: 'sandbox', name: 'sandbox', path: '/sandbox' },
      operation: { id: 'getOrder', path: '/orders/{id}' },
      endpoint: { address: 'gateway.example:9443', hostname: 'gateway.example' },
      properties: { mine: property },
    },
    local: { parameter: { mode: name } },
    session: { globalTransactionID: 'f'.repeat(24) },
  });
  const { datetime, date, time, timezone } = Object(variables.system);
  expect(Date.parse(datetime)).toBeGreaterThanOrEqual(Math.floor(before / 1_000) * 1_000);
  const at = new Date(datetime);
  expect(date).toMatchObject({
    year: at.getUTCFullYear(),
    month: at.getUTCMonth() + 1,
    'day-of-month': at.getUTCDate(),
  });
  expect(time).toEqual({
    hour: at.getUTCHours(),
    minute: at.getUTCMinutes(),
    second: at.getUTCSeconds(),
  });
  expect(timezone).toBe('UTC');
});
