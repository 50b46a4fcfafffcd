// Mistakes in the assembly and its policies, but in their targets.
import { describe } from 'vitest';
import { expectToldOnce, good, script } from './mistakes.fixture.ts';

describe('a mistake in a policy', () => {
  expectToldOnce([
    [
      'no assembly',
      good.replace(/ {2}assembly:[\s\S]*/, ''),
      'assembly-missing',
      'error',
      'x-ibm-configuration:',
    ],
    [
      'an empty execute',
      good.replace(/execute:[\s\S]*/, 'execute: []'),
      'assembly-empty',
      'warning',
      'execute: []',
    ],
    [
      'a policy that the lab does not run',
      `${script}\n      - xslt: {version: 2.0.0}`,
      'policy-unknown',
      'warning',
      '- xslt: {version: 2.0.0}',
    ],
    [
      'properties that are not indented',
      good.replace(/ {10}(version|target)/g, '        $1'),
      'policy-form',
      'error',
      '- websocket-upgrade:',
    ],
    ['a policy that is a text', `${script}\n      - xslt: fast`, 'policy-form', 'error', '- xslt: fast'],
    ['two policies in one member', `${script}\n        xslt: {}`, 'policy-form', 'error', '- gatewayscript:'],
    [
      'the version of another gateway',
      good.replace('version: 2.0.0', 'version: 1.0.0'),
      'policy-version',
      'warning',
      'version: 1.0.0',
    ],
    [
      'a script that is not there',
      script.replace(/source[\s\S]*/, ''),
      'property-type',
      'error',
      '- gatewayscript:',
    ],
    [
      'a policy after websocket-upgrade',
      `${good.trimEnd()}\n      - gatewayscript: {version: 2.0.0, source: ""}`,
      'policy-after-upgrade',
      'warning',
      '- gatewayscript: {version: 2.0.0, source: ""}',
    ],
    [
      'a script that does not parse',
      `${good.trimEnd().replace(/- websocket-upgrade:[\s\S]*/, '- gatewayscript: {version: 2.0.0, source: "var a = ;"}')}`,
      'script-syntax',
      'warning',
      '- gatewayscript: {version: 2.0.0, source: "var a = ;"}',
    ],
  ]);
});
