// The switches of the reader's own gateway.
import { LitElement, type TemplateResult } from 'lit';
import { Action } from '../lab-server/action.ts';
import { readSandbox } from '../sandbox/sandbox-record.ts';
import { takeStage } from '../stage.ts';
import { defaultSettings, type Settings } from './default-settings.ts';
import { switchedSentence } from './switched-sentence.ts';
import { switchesView } from './switches-view.ts';

/** `<lab-gateway-switches>`, written by GatewaySwitches.astro. */
export class GatewaySwitchesElement extends LitElement {
  #action = new Action(this);
  /** As the server has them; a change that failed shows them again. */
  #kept: Settings = defaultSettings;
  /** As the reader wants them. */
  #settings: Settings = defaultSettings;
  /** Whose they are. */
  #token: string | undefined;
  #changing = false;
  #said: string | undefined;

  override createRenderRoot(): HTMLElement {
    return takeStage(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('lab-sandbox', this.#onSandbox);
    void this.#read();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('lab-sandbox', this.#onSandbox);
    this.#changing = false;
  }

  override render(): TemplateResult {
    return switchesView({
      settings: this.#settings,
      busy: this.#action.busy,
      change: (changed) => void this.#change(changed),
      ...(this.#said === undefined ? {} : { said: this.#said }),
    });
  }

  /** Another part of the page, or another tab, has got another organization; a change of its own tells by itself. */
  #onSandbox = (): void => {
    if (!this.#changing && readSandbox()?.token !== this.#token) void this.#read();
  };

  /** Without a sandbox there is nothing to ask: a new one has the defaults. */
  async #read(): Promise<void> {
    const sandbox = readSandbox();
    this.#token = sandbox?.token;
    const known =
      sandbox &&
      (await this.#action.do(async (signal) =>
        (await import('./settings.ts')).readSettings(sandbox, signal),
      ));
    const { problem } = this.#action;
    // A newer question has taken over.
    if (sandbox && !known && !problem) return;
    // A forgotten sandbox is made anew with the first change.
    const away = problem !== null && problem.status !== 401 && problem.status !== 404;
    this.#said = away ? `${problem.message} ${problem.hint}` : undefined;
    this.#show(known ?? defaultSettings);
  }

  async #change(changed: Partial<Settings>): Promise<void> {
    const wanted = { ...this.#settings, ...changed };
    this.#settings = wanted;
    this.#changing = true;
    const use = await this.#action.do(async (signal) =>
      (await import('./settings.ts')).changeSettings(wanted, signal),
    );
    const { problem } = this.#action;
    // A newer change has taken over.
    if (!use && !problem) return;
    this.#changing = false;
    this.#token = readSandbox()?.token;
    if (use) this.#said = switchedSentence(use);
    else this.#said = `Not switched. ${problem?.message} ${problem?.hint}`;
    this.#show(use ? use.result : this.#kept);
  }

  #show(settings: Settings): void {
    this.#kept = settings;
    this.#settings = settings;
    this.requestUpdate();
  }
}

customElements.define('lab-gateway-switches', GatewaySwitchesElement);
