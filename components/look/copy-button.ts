// A button that copies a text and says so.
import { html, type TemplateResult } from 'lit';

/** For two seconds after the copy the button says "Copied". Where the clipboard is forbidden it says so. */
export function copyButton(text: string): TemplateResult {
  const copy = async ({ currentTarget }: Event) => {
    if (!(currentTarget instanceof HTMLButtonElement)) return;
    const said = await navigator.clipboard.writeText(text).then(
      () => 'Copied',
      () => 'Not allowed',
    );
    currentTarget.textContent = said;
    setTimeout(() => {
      currentTarget.textContent = 'Copy';
    }, 2000);
  };
  return html`<button type="button" class="lab-button lab-small" aria-label=${`Copy ${text}`} @click=${copy}>Copy</button>`;
}
