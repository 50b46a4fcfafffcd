import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renderView } from '../at-build/render-view.ts';
import { broken } from './clients/broken-head.fixture.ts';
import { explainedView } from './explained-view.ts';
import { PRESETS, START } from './presets.ts';

const preset = (id: string) => PRESETS.find((each) => each.id === id)?.heads ?? START;
/** The texts of the marked lines. */
const marked = (html: string) =>
  html
    .split(/<span class="lab-head-line|<\/pre>/)
    .filter((line) => line.startsWith(' lab-is-bad'))
    .map((line) => line.slice(line.indexOf('>') + 1).replaceAll(/<[^>]+>/g, ''));

test('the still picture is the right handshake, its steps and its verdicts, and no control', async () => {
  const html = await renderView(explainedView(START));
  expect(marked(html)).toEqual([]);
  expect(html).toContain('Every rule is kept');
  expect(html).toContain('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
  expect(html).toContain('Connected to ws');
  expect(html).not.toMatch(/<(?:button|textarea)/);
});

test('the line that breaks a rule is marked in its head', async () => {
  expect(marked(await renderView(explainedView(preset('wrong-accept'))))).toHaveLength(1);
  expect(marked(await renderView(explainedView(preset('two-keys'))))).toEqual([
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==↵',
    'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==↵',
  ]);
});

test('a verdict says what it overlooks, and links the rule by which it refuses', async () => {
  const html = await renderView(explainedView(preset('no-connection')));
  expect(html).toContain('https://www.rfc-editor.org/rfc/rfc6455#section-4.2.2');
  expect(html).toMatch(
    /websocat<\/strong>.*It does not look at, or forgives: .*Connection, RFC 6455, 4\.2\.2/s,
  );
  expect(await renderView(explainedView(preset('subprotocol-not-answered')))).toContain('WHATWG WebSockets');
});

test('any bytes have a picture, and none of them is markup', async () => {
  await fc.assert(
    fc.asyncProperty(
      broken(START.request, ['<script>: a', 'Sec-WebSocket-Key: <b>']),
      broken(START.response, ['Sec-WebSocket-Accept: <i>', 'Upgrade: <u>']),
      async (request, response) => {
        expect(await renderView(explainedView({ request, response }))).not.toMatch(/<(?:script|b|i|u)>/);
      },
    ),
    { numRuns: 40 },
  );
});
