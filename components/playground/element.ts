// Makes one thing of the playground's parts: the script goes into the definition that stands beside it.
import { LitElement, type TemplateResult } from 'lit';
import type { ApiDefinitionEditorElement } from '../api-definition-editor/element.ts';
import type { GatewayScriptEditorElement } from '../gatewayscript-editor/element.ts';
import type { ServerEditorElement } from '../server-editor/element.ts';
import type { SharedWork } from '../share/shared-work.ts';
import { takeStage } from '../stage.ts';
import { type Pane, tabsView } from './tabs-view.ts';

/** `<lab-playground>`, written by Playground.astro. */
export class PlaygroundElement extends LitElement {
  #shown: Pane = 'script';

  override createRenderRoot(): HTMLElement {
    return takeStage(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.addEventListener('lab-definition', this.#onDefinition);
    const script = this.#script;
    if (script) {
      script.definition = () => this.#definition?.text ?? '';
      script.shared = () => this.work;
    }
    if (this.#definition) this.#definition.shared = () => this.work;
  }

  /** All that stands in the editors. */
  get work(): SharedWork {
    return {
      ...this.#script?.work,
      ...(this.#definition && { definition: this.#definition.text }),
      ...(this.#server && { server: this.#server.text }),
    };
  }

  /** Puts these parts into the editors, as if the reader had typed them. Nothing runs, and nothing is deployed. */
  take(work: SharedWork): void {
    this.#script?.take(work);
    if (this.#definition && work.definition !== undefined) this.#definition.text = work.definition;
    if (this.#server && work.server !== undefined) this.#server.text = work.server;
  }

  override render(): TemplateResult {
    this.dataset.shown = this.#shown;
    return tabsView(this.#shown, (pane) => {
      this.#shown = pane;
      this.requestUpdate();
    });
  }

  get #script(): GatewayScriptEditorElement | null {
    return this.querySelector<GatewayScriptEditorElement>('lab-gatewayscript-editor');
  }

  get #server(): ServerEditorElement | null {
    return this.querySelector<ServerEditorElement>('lab-server-editor');
  }

  get #definition(): ApiDefinitionEditorElement | null {
    return this.querySelector<ApiDefinitionEditorElement>('lab-api-definition-editor');
  }

  /** The script was deployed: the definition beside it is now the one that holds it. */
  #onDefinition = (event: Event): void => {
    if (event instanceof CustomEvent && typeof event.detail === 'string' && this.#definition) {
      this.#definition.text = event.detail;
    }
  };
}

customElements.define('lab-playground', PlaygroundElement);
