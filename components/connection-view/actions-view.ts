// The panel's bar: what it watches, and what can be done with what it has.
import { html, type TemplateResult } from 'lit';
import { fileButton } from '../look/file-button.ts';

export interface PanelActions {
  paused: boolean;
  /** Whether a file is shown instead of the sandbox. */
  ofFile: boolean;
  empty: boolean;
  pause(): void;
  clear(): void;
  save(): void;
  open(file: File): void;
  backToLive(): void;
}

export function actionsView(actions: PanelActions): TemplateResult {
  const button = (label: string, act: () => void, disabled = false) =>
    html`<button type="button" class="lab-button lab-small" ?disabled=${disabled} @click=${act}>${label}</button>`;
  return html`<div class="lab-tools" role="group" aria-label="Connections">
    ${
      actions.ofFile
        ? button('Back to live', actions.backToLive)
        : html`<button type="button" class="lab-button lab-small" aria-pressed=${actions.paused} @click=${actions.pause}>Pause</button>
          ${button('Clear', actions.clear, actions.empty)}`
    }
    ${button('Save', actions.save, actions.empty)}
    ${fileButton('Open …', 'Saved connections', (file) => actions.open(file), 'lab-small')}
  </div>`;
}
