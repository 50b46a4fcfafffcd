// How far it is known that the product does so, as a short label.
import { html, type TemplateResult } from 'lit';
import { STANDING_WORDS, type Standing } from '../../../sandbox-server/gateway/definition/schema/standing.ts';

export function standingChip(standing: Standing): TemplateResult {
  return html`<span class=${`lab-standing lab-standing-${standing}`}>${STANDING_WORDS[standing]}</span>`;
}
