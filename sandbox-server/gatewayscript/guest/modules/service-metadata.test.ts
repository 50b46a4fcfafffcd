// `service-metadata` tells by the older names what the context has, and names what the lab has not.
import { randomInt, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Scripts, startScripts } from './script-value.ts';

let scripts: Scripts;
beforeAll(() => {
  scripts = startScripts();
});
afterAll(() => scripts.close());

const sm = `const sm = require('service-metadata');`;
const transaction = randomUUID();
const path = `/demo/sandbox/${randomUUID()}?a=b`;
const request = {
  method: 'PUT',
  path,
  variables: {
    api: { endpoint: { address: 'gateway.example:9443' } },
    session: { globalTransactionID: transaction },
    error: { message: 'it broke' },
  },
};

test.each([
  ['URI', 'URI', path],
  ['URL-in', 'URLIn', `https://gateway.example:9443${path}`],
  ['protocol-method', 'protocolMethod', 'PUT'],
  ['protocol', 'protocol', 'https'],
  ['domain-name', 'domainName', 'apiconnect'],
  ['global-transaction-id', 'globalTransactionId', transaction],
  ['error-message', 'errorMessage', 'it broke'],
])('var://service/%s is sm.%s too', async (name, dotted, expected) => {
  expect(
    await scripts.value(`${sm} return [sm.getVar('var://service/${name}'), sm.${dotted}]`, null, request),
  ).toEqual([expected, expected]);
});

test('a URL without an API is that of the Host header', async () => {
  const host = `${randomUUID()}.example`;
  expect(await scripts.value(`${sm} return sm.URLIn`, null, { headers: [['Host', host]], path: '/a' })).toBe(
    `https://${host}/a`,
  );
});

describe('writing', () => {
  test('the status of an error, either way', async () => {
    const code = randomInt(400, 600);
    const set = await scripts.run(
      `${sm} sm.setVar('var://service/error-protocol-response', ${code}); sm.setVar('var://service/error-protocol-reason-phrase', 'Odd')`,
    );
    expect(set.message.status).toEqual({ code, reason: 'Odd' });
    const dotted = await scripts.run(
      `${sm} sm.errorProtocolResponse = '${code}'; sm.errorProtocolReasonPhrase = 'Odd'`,
    );
    expect(dotted.message.status).toEqual({ code, reason: 'Odd' });
  });

  test('skip-backside is kept, and changes nothing', async () => {
    const result = await scripts.run(
      `${sm} sm.mpgw.skipBackside = true; console.log('%s', sm.getVar('var://service/mpgw/skip-backside'))`,
    );
    expect(result.console[0]?.text).toBe('true');
    expect(result.message.status).toBeNull();
  });
});

test.each([
  [
    `sm.getVar('var://service/routing-url')`,
    /getVar: the lab has no variable 'var:\/\/service\/routing-url'; it has var:\/\/service\/URI, /,
  ],
  [`sm.setVar('var://service/routing-url', 'http://a')`, /setVar: the lab has no variable/],
  [`sm.getVar('URI')`, /no variable 'URI'/],
  ['sm.getVar()', /no variable undefined/],
  [`sm.getVar('var://service/constructor')`, /no variable/],
  [`sm.setVar('var://service/URI', '/')`, /setVar: 'var:\/\/service\/URI' is read-only in the lab/],
  [`sm.protocolMethod = 'GET'`, /service-metadata\.protocolMethod: .* is read-only in the lab/],
  ['sm.routingUrl', /^service-metadata\.routingUrl: there is no such member/],
  ['sm.mpgw.backendTimeout', /^service-metadata\.mpgw\.backendTimeout: there is no such member/],
  [`sm.errorProtocolResponse = 'x'`, /the status "x" is not valid/],
])('%s fails by its name, at its line', async (script, message) => {
  const error = await scripts.error(`${sm}\n${script}`);
  expect(error.message).toMatch(message);
  expect(error.line).toBe(2);
});
