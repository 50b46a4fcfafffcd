import { randomUUID } from 'node:crypto';
import { render } from '@lit-labs/ssr';
import { collectResult } from '@lit-labs/ssr/lib/render-result.js';
import { expect, test } from 'vitest';
import type { GatewayEvent } from '../../sandbox-server/gateway/events.ts';
import { logView } from './log-view.ts';

test('a script’s console is told plainly, or as DataPower logs it; all else is told the same', async () => {
  const [text, logLine, other] = [randomUUID(), randomUUID(), randomUUID()];
  const any = { at: '2026-01-02T03:04:05.678Z', connection: 'a' };
  const events: GatewayEvent[] = [
    { ...any, id: 1, type: 'console', index: 0, level: 'error', text, line: 3, logLine },
    { ...any, id: 2, type: 'gateway-log', level: 'info', code: null, text: other },
  ];
  const plain = await collectResult(render(logView(events)));
  const logged = await collectResult(render(logView(events, true)));
  expect([plain.includes(text), plain.includes(logLine)]).toEqual([true, false]);
  expect([logged.includes(text), logged.includes(logLine)]).toEqual([false, true]);
  for (const html of [plain, logged]) expect(html).toContain(other);
});
