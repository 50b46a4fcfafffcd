// The switches of the reader's own gateway.
import { LitElement, type TemplateResult } from 'lit';
import { Action } from '../lab-server/action.ts';
import { readSandbox } from '../sandbox/sandbox-record.ts';
import { takeStage } from '../stage.ts';
import { defaultSettings, type Settings } from './default-settings.ts';
import { switchesView } from './switches-view.ts';

/** `<lab-gateway-switches>`, written by GatewaySwitches.astro. */
export class GatewaySwitchesElement extends LitElement {
  #action = new Action(this);
  /** As the server has them; a change that failed shows them again. */
  #settings: Settings = defaultSettings;
  #said: string | undefined;

  override createRenderRoot(): HTMLElement {
    return takeStage(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#read();
  }

  override render(): TemplateResult {
    return switchesView({
      settings: this.#settings,
      busy: this.#action.busy,
      change: (changed) => void this.#change(changed),
      ...(this.#said === undefined ? {} : { said: this.#said }),
    });
  }

  /** Without a sandbox there is nothing to ask: a new one has the defaults. */
  async #read(): Promise<void> {
    const sandbox = readSandbox();
    if (!sandbox) return;
    const known = await this.#action.do(async (signal) =>
      (await import('./settings.ts')).readSettings(sandbox, signal),
    );
    if (known) this.#settings = known;
    // A forgotten sandbox is made anew with the first change.
    else if (
      this.#action.problem &&
      this.#action.problem.status !== 404 &&
      this.#action.problem.status !== 401
    )
      this.#said = `${this.#action.problem.message} ${this.#action.problem.hint}`;
    this.requestUpdate();
  }

  async #change(changed: Partial<Settings>): Promise<void> {
    const before = this.#settings;
    this.#settings = { ...before, ...changed };
    const now = await this.#action.do(async (signal) =>
      (await import('./settings.ts')).changeSettings(this.#settings, signal),
    );
    if (now) {
      this.#settings = now;
      this.#said = `Switched, in your organization ${readSandbox()?.organization ?? ''}. New connections meet it.`;
    } else if (this.#action.problem) {
      this.#settings = before;
      this.#said = `Not switched. ${this.#action.problem.message} ${this.#action.problem.hint}`;
    }
    this.requestUpdate();
  }
}

customElements.define('lab-gateway-switches', GatewaySwitchesElement);
