// The request that a script is run with, as a form.
import { html, type TemplateResult } from 'lit';
import { freshKey } from '../../sandbox-server/gateway/handshake/key.ts';
import { parseHeaderLines, type RequestParts, withKey } from './parse-request.ts';

/** `change` is called with the request as the reader has made it; with `null` to bring the start back. */
export function requestForm(
  parts: RequestParts,
  change: (parts: RequestParts | null) => void,
): TemplateResult {
  const { mistakes } = parseHeaderLines(parts.headerLines);
  const rows = Math.max(3, parts.headerLines.split('\n').length);
  const set = (name: keyof RequestParts) => (event: Event) => {
    const { target } = event;
    if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)
      change({ ...parts, [name]: target.value });
  };
  return html`
    <div class="lab-row">
      <label class="lab-form-field lab-method">Method<input class="lab-input" .value=${parts.method} @input=${set('method')} autocapitalize="characters" spellcheck="false" /></label>
      <label class="lab-form-field lab-grow">Path<input class="lab-input" .value=${parts.path} @input=${set('path')} spellcheck="false" /></label>
      <button type="button" class="lab-button" @click=${() => change({ ...parts, headerLines: withKey(parts.headerLines, freshKey()) })}>New key</button>
      <button type="button" class="lab-button" @click=${() => change(null)}>Reset request</button>
    </div>
    <label class="lab-form-field">Headers, one a line<textarea class="lab-input" rows=${rows} .value=${parts.headerLines} @input=${set('headerLines')} aria-invalid=${mistakes.length > 0} spellcheck="false"></textarea></label>
    ${mistakes.map(({ message }) => html`<p class="lab-error">${message}</p>`)}
    <label class="lab-form-field">Body<textarea class="lab-input" rows="2" .value=${parts.body} @input=${set('body')} spellcheck="false"></textarea></label>`;
}
