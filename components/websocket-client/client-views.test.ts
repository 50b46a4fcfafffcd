import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { renderView } from '../at-build/render-view.ts';
import { clientForm, emptyFields } from './client-form.ts';
import { framesView } from './frames-view.ts';

const pings = 'A browser cannot send pings';

test('that a browser sends no pings stands there always, beside what else there is to say', async () => {
  const problem = randomUUID();
  const form = { fields: emptyFields, undeployed: true, state: 'idle' } as const;
  const html = await renderView(clientForm(form));
  expect(html).toContain(pings);
  expect(html).toContain('Nothing of yours is deployed yet');
  const wrong = await renderView(clientForm({ ...form, problem, wrong: 'code' }));
  expect(wrong).toContain(pings);
  expect(wrong).toContain(problem);
  expect(wrong.match(/aria-invalid="true"/g)).toHaveLength(1);
});

test('the handshake is no frame: it has no length of a payload', async () => {
  const length = 1000 + Math.floor(Math.random() * 9000);
  const row = { at: 1, opcode: null, length, payload: '101' };
  expect(await renderView(framesView([{ ...row, direction: 'handshake' }]))).not.toContain(String(length));
  expect(await renderView(framesView([{ ...row, direction: 'sent', opcode: 1 }]))).toContain(String(length));
});
