// An editor's tools: reset and its way back, the solution, and the way into the editor.
import { html, type TemplateResult } from 'lit';

export type Tool = 'undo' | 'reset' | 'solution' | 'edit' | 'copy';

export interface Tools {
  /** The text differs from the start. */
  changed: boolean;
  /** `none` where the author gave no solution; `shown` when it is what stands there. */
  solution: 'none' | 'hidden' | 'shown';
  undoable: 'reset' | 'solution' | null;
  /** Whether the reader has names of their own that the text could carry. */
  named?: boolean;
  /** What came of the last copy. */
  copied?: 'yes' | 'refused' | null;
  act?: (tool: Tool) => void;
}

/** The row keeps its width, whatever the state, so that nothing moves: a tool without use is disabled. */
export function toolsView({
  changed,
  solution,
  undoable,
  named = false,
  copied = null,
  act,
}: Tools): TemplateResult {
  const tool = (label: string, deed: Tool, disabled = false) =>
    html`<button type="button" class="lab-button lab-small" ?disabled=${disabled} @click=${() => act?.(deed)}>${label}</button>`;
  return html`${undoable ? undo(undoable, () => act?.('undo')) : tool('Reset', 'reset', !changed)}
    ${named ? tool(copyLabels[copied ?? 'not yet'], 'copy') : null}
    ${solution === 'none' ? null : tool('Show solution', 'solution', solution === 'shown')} ${tool('Edit', 'edit')}`;
}

const copyLabels = { 'not yet': 'Copy for your gateway', yes: 'Copied', refused: 'Not allowed' } as const;

/** On small screens the button shows only "Undo". */
function undo(kind: string, press: () => void): TemplateResult {
  return html`<button type="button" class="lab-button lab-small" @click=${press}>Undo<span class="lab-roomy"> ${kind}</span></button>`;
}
