// Makes one thing of the playground's parts: the script goes into the definition that stands beside it.
import { LitElement, type TemplateResult } from 'lit';
import type { ApiDefinitionEditorElement } from '../api-definition-editor/element.ts';
import type { GatewayScriptEditorElement } from '../gatewayscript-editor/element.ts';
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
    const script = this.querySelector<GatewayScriptEditorElement>('lab-gatewayscript-editor');
    if (script) script.definition = () => this.#definition?.text ?? '';
  }

  override render(): TemplateResult {
    this.dataset.shown = this.#shown;
    return tabsView(this.#shown, (pane) => {
      this.#shown = pane;
      this.requestUpdate();
    });
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
