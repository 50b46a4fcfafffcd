// The switches as controls: one a row, with what it does, and whether it differs from the default.
import { html, type TemplateResult } from 'lit';
import { standingView } from '../look/standing.ts';
import { checkedAs } from './checked-as.ts';
import { defaultSettings, type Settings } from './default-settings.ts';
import { SWITCHES, type SwitchWords } from './switch-names.ts';

const PROTOCOLS = ['http', 'https', 'ws', 'wss'];

export interface SwitchesView {
  settings: Settings;
  /** `true` while a change is on its way. */
  busy?: boolean;
  change?: (changed: Partial<Settings>) => void;
  /** What happened last. */
  said?: string;
}

export function switchesView({ settings, busy = false, change, said }: SwitchesView): TemplateResult {
  const differs = JSON.stringify(settings) !== JSON.stringify(defaultSettings);
  return html`<div class="lab-switches" aria-busy=${busy}>${Object.entries(SWITCHES).map(([name, words]) => row(name, words, settings, change))}</div>
    <div class="lab-actions">
      <button type="button" class="lab-button" ?disabled=${!differs} @click=${() => change?.(defaultSettings)}>Back to the defaults</button>
      <span class="lab-soft" role="status">${said ?? 'The defaults let the tutorial work. A change holds for new connections.'}</span>
    </div>`;
}

function row(
  name: string,
  { label, hint, real, standing }: SwitchWords,
  settings: Settings,
  change: SwitchesView['change'],
): TemplateResult {
  const id = `lab-switch-${name}`;
  const value = new Map<string, unknown>(Object.entries(settings)).get(name);
  const usual = new Map<string, unknown>(Object.entries(defaultSettings)).get(name);
  const changed = JSON.stringify(value) !== JSON.stringify(usual);
  return html`<div class=${`lab-switch ${changed ? 'lab-is-changed' : ''}`}>
    ${control(name, id, label, settings, change)}
    <span id=${`${id}-hint`} class="lab-soft lab-switch-hint">${hint}
      <span class="lab-switch-real">On a real gateway: ${real} ${standingView(standing)}</span>
    </span>
  </div>`;
}

function control(
  name: string,
  id: string,
  label: string,
  settings: Settings,
  change: SwitchesView['change'],
): TemplateResult {
  switch (name) {
    case 'protocols':
      return html`<fieldset class="lab-switch-set" aria-describedby=${`${id}-hint`}><legend>${label}</legend>${PROTOCOLS.map(
        (protocol) => {
          const on = settings.protocols.includes(protocol);
          return html`<label><input type="checkbox" ?checked=${on} ${checkedAs(on)} @change=${(
            event: Event,
          ) =>
            change?.({
              protocols: PROTOCOLS.filter((each) =>
                each === protocol ? isChecked(event) : settings.protocols.includes(each),
              ),
            })} /> ${protocol}</label>`;
        },
      )}</fieldset>`;
    case 'responseType':
      return html`<label class="lab-switch-label" for=${id}>${label}</label>
        <select id=${id} class="lab-input lab-short" aria-describedby=${`${id}-hint`} .value=${settings.responseType} @change=${(
          event: Event,
        ) => change?.({ responseType: textOf(event) === 'json' ? 'json' : 'non-xml' })}>
          <option value="non-xml" ?selected=${settings.responseType === 'non-xml'}>Non-XML</option>
          <option value="json" ?selected=${settings.responseType === 'json'}>JSON</option>
        </select>`;
    case 'idleTimeoutSeconds':
      return numberField(id, label, String(settings.idleTimeoutSeconds), 0, 86_400, (text) =>
        change?.({ idleTimeoutSeconds: text === '' ? 0 : Number(text) }),
      );
    case 'messageMaxBytes':
      return numberField(
        id,
        label,
        settings.messageMaxBytes === null ? '' : String(settings.messageMaxBytes),
        1,
        16_777_216,
        (text) => change?.({ messageMaxBytes: text === '' ? null : Number(text) }),
      );
    default: {
      const on = new Map<string, unknown>(Object.entries(settings)).get(name) === true;
      return html`<label class="lab-switch-label" for=${id}>${label}</label>
        <input id=${id} type="checkbox" role="switch" aria-describedby=${`${id}-hint`} ?checked=${on} ${checkedAs(on)} @change=${(
          event: Event,
        ) => change?.({ [name]: isChecked(event) })} />`;
    }
  }
}

function numberField(
  id: string,
  label: string,
  value: string,
  min: number,
  max: number,
  take: (text: string) => void,
): TemplateResult {
  return html`<label class="lab-switch-label" for=${id}>${label}</label>
    <input id=${id} class="lab-input lab-short" type="number" inputmode="numeric" min=${min} max=${max} step="1" aria-describedby=${`${id}-hint`} .value=${value} @change=${(
      event: Event,
    ) => {
      if (event.target instanceof HTMLInputElement && event.target.reportValidity()) take(event.target.value);
    }} />`;
}

function isChecked({ target }: Event): boolean {
  return target instanceof HTMLInputElement && target.checked;
}

function textOf({ target }: Event): string {
  return target instanceof HTMLSelectElement ? target.value : '';
}
