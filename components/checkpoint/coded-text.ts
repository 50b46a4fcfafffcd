// A sentence of an author whose `code` stands between backquotes.
import { html, type TemplateResult } from 'lit';

export function codedText(sentence: string): TemplateResult {
  return html`${sentence.split('`').map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}`;
}
