// The client's controls: where to connect, what to send, how to close.
import { html, type TemplateResult } from 'lit';

export interface ClientFields {
  url: string;
  protocols: string;
  message: string;
  code: string;
  reason: string;
}

export interface ClientForm {
  fields: ClientFields;
  /** Nothing to connect to yet. */
  undeployed: boolean;
  state: 'idle' | 'connecting' | 'open' | 'closing';
  /** What is wrong with what was typed. */
  problem?: string | null;
  /** The field that it is wrong in. */
  wrong?: keyof ClientFields | null;
  type?: (name: keyof ClientFields, value: string) => void;
  connect?: () => void;
  disconnect?: () => void;
  send?: () => void;
  close?: () => void;
}

export const emptyFields: ClientFields = {
  url: '',
  protocols: '',
  message: 'hello',
  code: '1000',
  reason: '',
};

export function clientForm(form: ClientForm): TemplateResult {
  const { fields, state, undeployed, problem, wrong, type } = form;
  const field = (label: string, name: keyof ClientFields, look: string) =>
    html`<label class=${`lab-form-field ${look}`}>${label}<input class="lab-input" autocomplete="off" autocapitalize="off" spellcheck="false" .value=${fields[name]} aria-invalid=${wrong === name} @input=${(
      event: Event,
    ) => {
      if (event.target instanceof HTMLInputElement) type?.(name, event.target.value);
    }} /></label>`;
  const onSubmit = (deed?: () => void) => (event: Event) => {
    event.preventDefault();
    deed?.();
  };
  const connected = state === 'open' || state === 'connecting';
  return html`
    <form class="lab-row" @submit=${onSubmit(connected ? form.disconnect : form.connect)}>
      ${field('URL', 'url', 'lab-grow')} ${field('Subprotocol', 'protocols', 'lab-short')}
      <button class="lab-button lab-primary" aria-busy=${state === 'connecting'}>${connected ? 'Disconnect' : 'Connect'}</button>
    </form>
    <form class="lab-row" @submit=${onSubmit(form.send)}>
      ${field('Text message', 'message', 'lab-grow')}
      <button class="lab-button" ?disabled=${state !== 'open'}>Send</button>
    </form>
    <form class="lab-row" @submit=${onSubmit(form.close)}>
      ${field('Close code', 'code', 'lab-short')} ${field('Close reason', 'reason', 'lab-grow')}
      <button class="lab-button" ?disabled=${state !== 'open'}>Close</button>
    </form>
    <p class=${problem ? 'lab-error' : 'lab-soft'} role=${problem ? 'alert' : 'note'}>${
      problem ??
      (undeployed
        ? 'Nothing of yours is deployed yet. Press Deploy in the editor, here or in a step before, then Connect.'
        : state === 'open'
          ? 'Write a text message, then Send.'
          : 'Connect, then send a text message.')
    }</p>
    <p class="lab-soft">A browser cannot send pings; it answers those of the server by itself.</p>`;
}
