// A problem in words, with what to do about it, how long to wait, and whether the page goes on by itself.
import { html, type TemplateResult } from 'lit';
import type { Action } from './action.ts';

export function problemView({ problem, wait, recovers }: Action): TemplateResult | null {
  if (!problem) return null;
  return html`<div class="lab-problem">
    <p class="lab-outcome lab-is-bad">${problem.message}</p>
    <p>${next(problem, wait, recovers)}</p>
  </div>`;
}

function next(
  { retryAfterSeconds, hint }: NonNullable<Action['problem']>,
  wait: number,
  recovers: boolean,
): string {
  if (retryAfterSeconds === null)
    return recovers ? `${hint} This goes on by itself when the server is there again.` : hint;
  if (wait <= 0) return 'You can try again now.';
  return recovers ? `This tries again by itself in ${wait} s.` : `You can try again in ${wait} s.`;
}
