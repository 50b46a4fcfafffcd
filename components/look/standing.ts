// How far a statement about a program can be trusted, as a short label beside it.
import { html, type TemplateResult } from 'lit';

export type Standing = 'documented' | 'seen' | 'inferred';

/** A standing in the words of the page “What is emulated”; a test holds them against the server's own. */
export const STANDINGS: Readonly<Record<Standing, string>> = {
  documented: 'documented',
  seen: 'seen in the field',
  inferred: 'inferred',
};

export function standingView(standing: Standing): TemplateResult {
  return html`<span class=${`lab-standing lab-is-${standing}`}>${STANDINGS[standing]}</span>`;
}
