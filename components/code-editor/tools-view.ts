// An editor's tools: reset and its way back, the solution, and the way into the editor.
import { html, type TemplateResult } from 'lit';

export interface Tools {
  /** The text differs from the start. */
  changed: boolean;
  /** There is a solution, and it is not what stands there. */
  solution: boolean;
  undoable: 'reset' | 'solution' | null;
  act?: (deed: 'undo' | 'reset' | 'solution' | 'edit') => void;
}

export function toolsView({ changed, solution, undoable, act }: Tools): TemplateResult {
  const tool = (label: string, deed: 'undo' | 'reset' | 'solution' | 'edit', disabled = false) =>
    html`<button type="button" class="lab-button lab-small" ?disabled=${disabled} @click=${() => act?.(deed)}>${label}</button>`;
  return html`${undoable ? tool(`Undo ${undoable}`, 'undo') : tool('Reset', 'reset', !changed)}
    ${solution ? tool('Show solution', 'solution') : null} ${tool('Edit', 'edit')}`;
}
