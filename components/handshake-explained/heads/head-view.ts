// One head as the reader edits it: a text area over a copy of the same text that carries the marks.
import { html, type TemplateResult } from 'lit';
import { bytesOf, HEAD_MAX_CHARACTERS, textOf, withLineEnds } from './head-text.ts';
import type { HeadKind } from './parse-head.ts';

export interface HeadViewParts {
  kind: HeadKind;
  bytes: string;
  /** Lines that break a rule. */
  broken: ReadonlySet<number>;
  /** Without it the head is a still picture, as the build draws it. */
  change?: (bytes: string) => void;
}

export function headView({ kind, bytes, broken, change }: HeadViewParts): TemplateResult {
  const id = `lab-head-${kind}`;
  const label =
    kind === 'request' ? 'Request head, as the client sends it' : 'Response head, as the server answers';
  const lines = bytes.split('\n').map((line, index) => lineView(line, broken.has(index + 1)));
  if (!change)
    return html`<p class="lab-label">${label}</p>
      <div class="lab-head"><pre class="lab-head-copy" tabindex="0" role="group" aria-label=${label}>${lines}</pre></div>`;
  return html`<label class="lab-label" for=${id}>${label}</label>
    <div class="lab-head lab-is-live">
      <pre class="lab-head-copy" aria-hidden="true">${lines}</pre>
      <textarea
        id=${id}
        data-head=${kind}
        maxlength=${HEAD_MAX_CHARACTERS}
        spellcheck="false"
        autocapitalize="off"
        autocomplete="off"
        autocorrect="off"
        aria-invalid=${broken.size > 0}
        aria-describedby="lab-head-signs"
        .value=${textOf(bytes)}
        @beforeinput=${onBeforeInput}
        @input=${({ target }: Event) => {
          if (target instanceof HTMLTextAreaElement) change(bytesIn(target));
        }}
      ></textarea>
    </div>`;
}

/** White space at the end of a line is what nobody sees; signs of control characters are told from letters. */
function lineView(line: string, broken: boolean): TemplateResult {
  const parts = textOf(line).split(/([↵→]|⟨[0-9A-F]{2}⟩|[ ]+(?=↵?$))/u);
  return html`<span class=${broken ? 'lab-head-line lab-is-bad' : 'lab-head-line'}>${parts.map(
    (part, index) =>
      index % 2 === 0
        ? part
        : html`<span class=${part.startsWith(' ') ? 'lab-space' : 'lab-sign'}>${part}</span>`,
  )}</span>`;
}

/** Line breaks that are typed or pasted become CR and LF. */
function onBeforeInput(event: InputEvent): void {
  const { inputType, data, target } = event;
  if (!(target instanceof HTMLTextAreaElement)) return;
  const text = inputType === 'insertLineBreak' ? '\n' : inputType === 'insertFromPaste' ? data : null;
  if (text === null || !/[\r\n]/.test(text)) return;
  event.preventDefault();
  // The one way to write that the reader can undo.
  document.execCommand('insertText', false, withLineEnds(text));
}

/** The bytes of the text; what has come in without a sign of its own gets it, and the cursor stays where it was. */
function bytesIn(area: HTMLTextAreaElement): string {
  const bytes = bytesOf(area.value);
  const text = textOf(bytes);
  if (text !== area.value) {
    const at = textOf(bytesOf(area.value.slice(0, area.selectionStart))).length;
    area.value = text;
    area.setSelectionRange(at, at);
  }
  return bytes;
}

/** Puts the cursor on a line and selects it. */
export function goToLine(host: HTMLElement, kind: HeadKind, line: number): void {
  const area = host.querySelector<HTMLTextAreaElement>(`textarea[data-head="${kind}"]`);
  if (!area) return;
  const lines = area.value.split('\n');
  const from = lines.slice(0, line - 1).join('\n').length + (line > 1 ? 1 : 0);
  area.focus();
  area.setSelectionRange(from, from + (lines[line - 1]?.length ?? 0));
}
