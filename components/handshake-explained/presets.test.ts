import { expect, test } from 'vitest';
import { STANDING_WORDS } from '../../sandbox-server/gateway/definition/schema/words.ts';
import { acceptValue } from '../../sandbox-server/gateway/handshake/accept.ts';
import { checkHandshake } from '../../sandbox-server/gateway/handshake/check.ts';
import { freshKey } from '../../sandbox-server/gateway/handshake/key.ts';
import { STANDINGS } from '../look/standing.ts';
import { OTHER_RULES } from './clients/verdict.ts';
import { explain, summary } from './explain.ts';
import { FIELD_OF, requestOf, responseOf } from './heads/head-rules.ts';
import { PRESETS, rekeyed, START } from './presets.ts';

/** Broken rules, and what server, browser, `ws` and `websocat` do: o(pen), r(efuse), w(ait). */
const EXPECTED: Record<string, [rules: string[], outcomes: string]> = {
  right: [[], 'oooo'],
  'no-upgrade': [['response-upgrade'], 'orrr'],
  'no-connection': [['response-connection'], 'orro'],
  'wrong-accept': [['response-accept'], 'orrr'],
  'accept-of-hex': [['response-accept'], 'orrr'],
  'key-of-15-bytes': [['request-key'], 'rooo'],
  'space-in-key': [['request-key'], 'rooo'],
  'two-keys': [['request-key'], 'rooo'],
  'version-8': [['request-version'], 'oooo'],
  post: [['request-method'], 'rooo'],
  'bare-lf': [['response-head'], 'ooro'],
  'space-before-colon': [['response-head', 'response-upgrade'], 'oorr'],
  'no-empty-line': [['response-head'], 'owww'],
  'status-200': [['response-status'], 'orrr'],
  'subprotocol-not-asked-for': [['response-subprotocol'], 'orro'],
  'subprotocol-not-answered': [[], 'orro'],
  'extension-not-offered': [['response-extensions'], 'orro'],
};

test.each(PRESETS.map((preset) => [preset.id, preset] as const))(
  '%s breaks what it says, and no more',
  (id, { heads }) => {
    const explained = explain(heads);
    const broken = new Set(explained.rules.filter(({ passed }) => !passed).map(({ rule }) => rule));
    const outcomes = explained.verdicts.map(({ outcome }) => outcome[0]).join('');
    expect([[...broken], outcomes]).toEqual(EXPECTED[id]);
  },
);

test('who refuses names a rule that the page can link', () => {
  for (const { heads } of PRESETS)
    for (const { outcome, rule } of explain(heads).verdicts) {
      expect(rule === null).toBe(outcome !== 'refuses');
      if (rule !== null)
        expect(rule in FIELD_OF || rule in OTHER_RULES || rule.endsWith('-head'), rule).toBe(true);
    }
});

test('the rules are those that the server holds a handshake against', () => {
  for (const { heads } of PRESETS) {
    const { request, response, rules } = explain(heads);
    const shared = rules.filter(({ rule }) => !rule.endsWith('-head'));
    expect(shared.map(({ head, lines, ...rule }) => rule)).toEqual(
      checkHandshake(requestOf(request), responseOf(response)),
    );
  }
});

test('the summary counts rules and names who is content', () => {
  const said = (id: string) => summary(explain(PRESETS.find((preset) => preset.id === id)?.heads ?? START));
  expect(said('right')).toBe('Every rule is kept: browser, ws and websocat open.');
  expect(said('no-connection')).toBe('One rule breaks: websocat opens, browser and ws refuse.');
  expect(said('no-empty-line')).toBe('One rule breaks: browser, ws and websocat wait for more.');
});

test('a fresh key brings its accept value where the old one was right, and leaves a wrong one wrong', () => {
  const key = freshKey();
  const changed = rekeyed(START, key);
  expect(changed.request).toContain(`Sec-WebSocket-Key: ${key}\r\n`);
  expect(changed.response).toContain(`Sec-WebSocket-Accept: ${acceptValue(key)}\r\n`);
  const wrong = { ...START, response: START.response.replace('s3pP', 'xxxx') };
  expect(rekeyed(wrong, key)).toEqual({ request: changed.request, response: wrong.response });
  const none = { request: 'GET / HTTP/1.1\r\n\r\n', response: START.response };
  expect(rekeyed(none, key)).toEqual(none);
});

test('standings have the words of all other pages', () => {
  for (const [standing, words] of Object.entries(STANDINGS))
    expect(words).toBe(new Map<string, string>(Object.entries(STANDING_WORDS)).get(standing));
});
