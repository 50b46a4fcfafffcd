// A button that copies a text and says so.
import { html, type TemplateResult } from 'lit';

/**
 * For two seconds after the copy the button says "Copied". Where the clipboard is forbidden it says so.
 * A text that is made when it is asked for has a button that says what it is (`name`).
 */
export function copyButton(text: string | (() => string), name = 'Copy'): TemplateResult {
  const copy = async ({ currentTarget }: Event) => {
    if (!(currentTarget instanceof HTMLButtonElement)) return;
    const said = await navigator.clipboard.writeText(typeof text === 'string' ? text : text()).then(
      () => 'Copied',
      () => 'Not allowed',
    );
    currentTarget.textContent = said;
    setTimeout(() => {
      currentTarget.textContent = name;
    }, 2000);
  };
  const label = typeof text === 'string' ? `Copy ${text}` : name;
  return html`<button type="button" class="lab-button lab-small" aria-label=${label} @click=${copy}>${name}</button>`;
}
