// The word to send, and the button.
import { html, type TemplateResult } from 'lit';

export interface HelloForm {
  word: string;
  busy?: boolean;
  type?: (word: string) => void;
  send?: () => void;
}

export function helloForm({ word, busy = false, type, send }: HelloForm): TemplateResult {
  return html`<form class="lab-row" @submit=${(event: Event) => {
    event.preventDefault();
    send?.();
  }}>
    <label class="lab-form-field lab-grow">Your word<input class="lab-input" maxlength="200" autocomplete="off" spellcheck="false" .value=${word} @input=${(
      event: Event,
    ) => {
      if (event.target instanceof HTMLInputElement) type?.(event.target.value);
    }} /></label>
    <button class="lab-button lab-primary" aria-busy=${busy}>Send</button>
  </form>`;
}
