// A plain field for a script: a text area as high as its lines, beside their numbers. Tab leaves it, as in any form.
import { html, type TemplateResult } from 'lit';

export interface Field {
  text: string;
  label: string;
  /** The line of the last error. */
  badLine: number | null;
  input: (text: string) => void;
}

export function fieldView({ text, label, badLine, input }: Field): TemplateResult {
  const lines = text.split('\n');
  const onInput = ({ currentTarget }: Event) => {
    if (currentTarget instanceof HTMLTextAreaElement) input(currentTarget.value);
  };
  return html`<div class="lab-text-field">
    <div class="lab-numbers" aria-hidden="true">${lines.map((_, index) => html`<div class=${index + 1 === badLine ? 'lab-is-bad' : ''}>${index + 1}</div>`)}</div>
    <textarea aria-label=${label} aria-invalid=${badLine !== null} rows=${lines.length} wrap="off" spellcheck="false" autocapitalize="off" autocomplete="off" .value=${text} @input=${onInput}></textarea>
  </div>`;
}

/** Selects a line, counted from 1, and brings it into sight; a line past the end is the last one. */
export function selectLine(area: HTMLTextAreaElement, line: number): void {
  const lines = area.value.split('\n');
  const at = Math.min(line, lines.length) - 1;
  const start = lines.slice(0, at).reduce((sum, each) => sum + each.length + 1, 0);
  area.focus({ preventScroll: true });
  area.setSelectionRange(start, start + (lines[at]?.length ?? 0));
  area
    .closest('.lab-text-field')
    ?.querySelectorAll('.lab-numbers > div')
    [at]?.scrollIntoView({ block: 'nearest' });
}
