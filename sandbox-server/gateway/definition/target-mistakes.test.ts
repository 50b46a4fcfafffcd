// Mistakes in a target, and that no notation of one leads outside.
import { describe, expect, it } from 'vitest';
import { compileDefinition } from './compile.ts';
import { expectToldOnce, good } from './mistakes.fixture.ts';

describe('a mistake in a target', () => {
  expectToldOnce([
    [
      'no target',
      good.replace(/ *target-url.*\n/, ''),
      'target-url-missing',
      'error',
      '- websocket-upgrade:',
    ],
    [
      'a ws target',
      good.replace('http://backend', 'ws://backend'),
      'target-url-scheme',
      'error',
      'target-url: ws://backend:8091',
    ],
    [
      'a wss target behind a variable',
      good.replace('http://backend', 'wss://$(api.org.name)'),
      'target-url-scheme',
      'error',
      'target-url: wss://$(api.org.name):8091',
    ],
    [
      'a target outside',
      good.replace('backend', 'backend.example'),
      'target-outside-sandbox',
      'error',
      'target-url: http://backend.example:8091',
    ],
    [
      'a target that is no URL',
      good.replace('http://backend:8091', 'backend'),
      'target-url-form',
      'error',
      'target-url: backend',
    ],
    [
      'a target with one slash too many',
      good.replace('http://backend:8091', 'http:///backend:8091'),
      'target-url-form',
      'error',
      'target-url: http:///backend:8091',
    ],
    [
      'a target without slashes',
      good.replace('http://backend:8091', 'http:backend:8091'),
      'target-url-form',
      'error',
      'target-url: http:backend:8091',
    ],
    [
      'a target with a user',
      good.replace('http://backend', 'http://me:word@backend'),
      'target-url-form',
      'warning',
      'target-url: http://me:word@backend:8091',
    ],
    [
      'a target with a fragment',
      good.replace('backend:8091', 'backend:8091/a#b'),
      'target-url-form',
      'warning',
      'target-url: http://backend:8091/a#b',
    ],
    [
      'a target without port',
      good.replace('backend:8091', 'backend'),
      'target-url-port',
      'warning',
      'target-url: http://backend',
    ],
    [
      'a variable that is not defined',
      good.replace('backend:', '$(nowhere):'),
      'variable-undefined',
      'warning',
      'target-url: http://$(nowhere):8091',
    ],
    [
      'a property of invoke',
      good.replace('target-url', 'verb: GET\n          target-url'),
      'property-unknown',
      'warning',
      'verb: GET',
    ],
    [
      'a timeout that is no number',
      good.replace('target-url', 'timeout: soon\n          target-url'),
      'property-type',
      'error',
      'timeout: soon',
    ],
    [
      'an older name',
      good.replace('target-url', 'header-control: {type: blacklist}\n          target-url'),
      'deprecated-name',
      'warning',
      'header-control: {type: blacklist}',
    ],
    [
      'a pattern that cannot run',
      good.replace('target-url', 'header-control: {values: ["(?=a)"]}\n          target-url'),
      'control-pattern',
      'error',
      'header-control: {values: ["(?=a)"]}',
    ],
    [
      'a pattern that is too long',
      good.replace('target-url', `header-control: {values: [${'a'.repeat(201)}]}\n          target-url`),
      'control-pattern',
      'error',
      `header-control: {values: [${'a'.repeat(201)}]}`,
    ],
    [
      'a pattern that repeats too much',
      good.replace('target-url', 'header-control: {values: ["(abc){900}"]}\n          target-url'),
      'control-pattern',
      'error',
      'header-control: {values: ["(abc){900}"]}',
    ],
    [
      'patterns that are too long together',
      good.replace(
        'target-url',
        `parameter-control: {values: [${Array(26).fill('a'.repeat(200))}]}\n          target-url`,
      ),
      'control-pattern',
      'error',
      `parameter-control: {values: [${Array(26).fill('a'.repeat(200))}]}`,
    ],
    [
      'a TLS profile without TLS',
      good.replace('target-url', 'tls-profile: mine\n          target-url'),
      'tls-profile',
      'warning',
      'tls-profile: mine',
    ],
    [
      'a policy in request-assembly that none is published with',
      good.replace(
        'target-url',
        'request-assembly: {execute: [{gatewayscript: {version: 2.0.0, source: ""}}]}\n          target-url',
      ),
      'message-policy',
      'warning',
      'request-assembly: {execute: [{gatewayscript: {version: 2.0.0, source: ""}}]}',
    ],
    [
      'a message that shall switch protocols',
      good.replace(
        'target-url',
        'response-assembly: {execute: [{websocket-upgrade: {version: 2.0.0, target-url: "http://backend:8091"}}]}\n          target-url',
      ),
      'message-policy',
      'warning',
      'response-assembly: {execute: [{websocket-upgrade: {version: 2.0.0, target-url: "http://backend:8091"}}]}',
    ],
  ]);

  it.each([
    'http://2130706433:8091',
    'http://0x7f.1:8091',
    'http://[::ffff:127.0.0.1]:8091',
    'http://169.254.169.254',
    'http://backend@198.51.100.7:8091',
    'http://198.51.100.7:8091#backend',
    'file:///etc/passwd',
    'javascript:alert(1)',
  ])('never lets %s name a server outside', (url) => {
    const { definition, diagnostics } = compileDefinition(
      good.replace('http://backend:8091', `"${url}"`),
      'one',
    );
    // Another notation of 127.0.0.1 is that address, which is a server of the sandbox.
    if (definition) expect(new URL(url).hostname).toBe('127.0.0.1');
    else expect(diagnostics.map(({ rule }) => rule)).toEqual([expect.stringMatching(/^target-/)]);
  });
});
