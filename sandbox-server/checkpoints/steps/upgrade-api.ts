// Step "Create the API": the reader's definition answers under another base path.
import { isMap, parseDocument } from 'yaml';
import type { TrialCheckpoint } from '../checkpoint.ts';
import { expectUppercase } from './uppercase.ts';

export const upgradeApi: TrialCheckpoint = {
  step: 'upgrade-api',
  kind: 'trial',
  files: { 'websocket-upgrade.yaml': 'definition' },
  complete: withTarget,
  async check(examination) {
    const [api] = examination.apis();
    // Opening the API for WebSocket clients is the matter of a later step, so here the lab does it.
    if (api && !api.schemes.includes('wss')) api.schemes.push('wss');
    examination.expect(api?.basePath === '/chat', {
      title: 'The API answers under /chat',
      exchange: null,
      expected: '/chat',
      received: api?.basePath || 'the root',
      hint: 'In an OpenAPI 2 definition the path after the catalog is `basePath`.',
    });
    await expectUppercase(examination);
  },
};

/** Characters of a text that is completed: many times the lesson's own. It is read here, beside all that the lab does. */
const MOST_CHARS = 16_384;

/** Without a target the policy cannot be deployed; the next step sets it. A text that is no such definition stays as it is. */
function withTarget(text: string): string {
  if (text.length > MOST_CHARS) return text;
  const document = parseDocument(text);
  const place = ['x-ibm-configuration', 'assembly', 'execute', 0, 'websocket-upgrade'];
  const policy = document.errors.length > 0 ? null : document.getIn(place, true);
  if (!isMap(policy) || policy.get('target-url')) return text;
  policy.set('target-url', 'http://backend:8091');
  try {
    return document.toString({ lineWidth: 0 });
  } catch {
    // An alias of nothing: the compiler tells its line.
    return text;
  }
}
