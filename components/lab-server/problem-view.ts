// A problem in words, with what to do about it, and how long to wait.
import { html, type TemplateResult } from 'lit';
import type { Action } from './action.ts';

export function problemView({ problem, wait }: Action): TemplateResult | null {
  if (!problem) return null;
  const again = wait > 0 ? `You can try again in ${wait} s.` : 'You can try again now.';
  return html`<div class="lab-problem">
    <p class="lab-outcome lab-is-bad">${problem.message}</p>
    <p>${problem.retryAfterSeconds === null ? problem.hint : again}</p>
  </div>`;
}
