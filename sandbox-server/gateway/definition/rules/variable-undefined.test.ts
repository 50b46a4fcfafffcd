import { describe, expect, it } from 'vitest';
import { definitionText, scriptPolicy, upgradePolicy } from '../../started-gateway.fixture.ts';
import { compileDefinition } from '../compile.ts';

/** What the rule says of policies, as the lines that it marks. */
function marked(policies: string, rest = ''): string[] {
  const text = definitionText('/one', policies, rest);
  return compileDefinition(text, 'one')
    .diagnostics.filter(({ rule }) => rule === 'variable-undefined')
    .map(({ line, severity }) => `${severity}: ${text.split('\n')[line - 1]?.trim()}`);
}

const setting = (...actions: string[]) =>
  `- set-variable:\n    version: 2.0.0\n    actions:\n${actions.map((action) => `      - ${action}`).join('\n')}`;
const using = setting('{set: used, value: $(mine.deep)}');

describe('a reference to a variable', () => {
  it.each([
    ['that nobody sets', using],
    ['that is set only later', `${using}\n${setting('{set: mine, value: a}')}`],
    ['that a script sets under another name', `${scriptPolicy("context.set('his.deep', 1);")}\n${using}`],
    [
      'inside a branch',
      `- switch:\n    version: 2.0.0\n    case:\n      - otherwise:\n${using.replace(/^/gm, '          ')}`,
    ],
  ])('%s is told at its line, once', (_, policies) => {
    expect(marked(policies)).toEqual(['warning: - {set: used, value: $(mine.deep)}']);
  });

  it.each([
    [
      'that an action before it sets',
      setting('{set: mine.deep, value: a}', '{set: used, value: $(mine.deep)}'),
    ],
    ['that a policy before it sets', `${setting('{add: "mine[\'deep\']", value: a}')}\n${using}`],
    ['that a script before it may set', `${scriptPolicy("context.set('mine.deep', 1);")}\n${using}`],
    ['that is an output', `- parse: {version: 2.1.0, input: message, output: mine}\n${using}`],
    ['behind a policy that the lab does not know', `- map: {version: 2.0.0}\n${using}`],
    [
      'of the context',
      setting(
        ...[
          'request.verb',
          'message.body.a',
          'session.globalTransactionID',
          'error.name',
          'client.app.id',
        ].map((name) => `{set: used, value: $(${name})}`),
      ),
    ],
    ['that is code', scriptPolicy('var $ = require; $(mine);')],
  ])('%s is not told', (_, policies) => {
    expect(marked(policies)).toEqual([]);
  });

  it('of an API property is told where there is no such property', () => {
    const rest = '  properties: {host: {value: backend}, nested: {value: {deep: 1}}}';
    expect(marked(upgradePolicy('http://$(host):8091/$(api.properties.host)$(nested.deep)'), rest)).toEqual(
      [],
    );
    expect(marked(upgradePolicy('http://backend:8091/$(api.properties.none)'), rest)).toHaveLength(1);
  });

  it('is told once a text, however often it stands there', () => {
    expect(marked(setting('{set: used, value: $(none) $(none) $(neither)}'))).toHaveLength(2);
  });

  it('is one of 200 diagnostics at most in a definition full of them, behind a long script', () => {
    const script = scriptPolicy(`var x = '${'word '.repeat(20_000)}';`);
    const references = Array.from({ length: 10_000 }, (_, i) => `$(b${i})`).join('');
    expect(marked(`${script}\n${setting(`{set: a, value: "${references}"}`)}`)).toHaveLength(200);
  });
});
