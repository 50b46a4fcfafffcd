import { expect, test } from 'vitest';
import { renderView } from '../at-build/render-view.ts';
import { recordedTrace, traceView } from './trace-view.ts';

const base = { id: 1, at: '2026-01-01T12:00:00.000Z', connection: 'c' };
const shown = (client: string[], ...events: object[]) =>
  renderView(
    traceView(recordedTrace.parse({ client, events: events.map((event) => ({ ...base, ...event })) })),
  );

test('a head stands as it went over the wire, its body behind an empty line', async () => {
  const headers = [
    ['X-A', '1'],
    ['X-A', '<2>'],
  ];
  const html = await shown([], {
    type: 'response-sent',
    status: 400,
    reason: 'Bad Request',
    headers,
    body: 'no',
    rules: [],
  });
  expect(html).toContain('HTTP/1.1 400 Bad Request\nX-A: 1\nX-A: &lt;2&gt;\n\nno</pre>');
});

test('a policy tells all that it set, and marks what had that value before', async () => {
  const context = {
    changes: [
      { name: 'message.statusCode', before: null, after: '101' },
      { name: 'message.headers.Upgrade', before: '"websocket"', after: '"websocket"' },
    ],
    more: 0,
    whole: true,
  };
  const policy = { policy: 'gatewayscript', title: 'gatewayscript', index: 0 };
  const html = await shown(
    [],
    { type: 'policy-started', ...policy },
    { type: 'policy-ended', ...policy, outcome: 'completed', message: null, durationMs: 0, context },
  );
  expect(html).toContain('<code>message.statusCode = 101</code></li>');
  expect(html).toContain('<code>message.headers.Upgrade = &quot;websocket&quot;</code> (as before)</li>');
  expect(html.match(/<tr class/g)).toHaveLength(1);
});

test('the client’s own words stand below, a line each', async () => {
  const html = await shown(['status 200', 'done']);
  expect(html).toContain('<code>status 200</code><code>done</code>');
});
