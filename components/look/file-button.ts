// A button that lets the reader choose a JSON file.
import { html, type TemplateResult } from 'lit';

/** `label` names the input for those who cannot see what the button is for; `style` adds classes to the button. */
export function fileButton(
  name: string,
  label: string,
  open: (file: File) => void,
  style = '',
): TemplateResult {
  const onFile = ({ target }: Event) => {
    if (!(target instanceof HTMLInputElement)) return;
    const [file] = target.files ?? [];
    if (file) open(file);
    // The same file may be chosen again.
    target.value = '';
  };
  const choose = ({ currentTarget }: Event) => {
    if (currentTarget instanceof HTMLElement && currentTarget.nextElementSibling instanceof HTMLInputElement)
      currentTarget.nextElementSibling.click();
  };
  return html`<button type="button" class="lab-button ${style}" @click=${choose}>${name}</button><input type="file" accept=".json,application/json" hidden aria-label=${label} @change=${onFile} />`;
}
