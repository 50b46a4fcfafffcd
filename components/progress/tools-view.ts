// What a reader can do with the progress: save it, open a saved one, forget it.
import { html, nothing, type TemplateResult } from 'lit';
import { fileButton } from '../look/file-button.ts';

export interface ProgressTools {
  /** Whether there is anything to save or to forget. */
  empty: boolean;
  /** `false`: the browser takes nothing, and what the page shows ends with it. */
  kept: boolean;
  /** Why a text that was kept before could not be read. */
  aside?: string | undefined;
  said?: { text: string; bad: boolean } | undefined;
  canUndo?: boolean;
  save?(): void;
  open?(file: File): void;
  forget?(): void;
  undo?(): void;
  saveAside?(): void;
  discardAside?(): void;
}

export function toolsView(tools: ProgressTools): TemplateResult {
  return html`<div class="lab-actions">
      <button type="button" class="lab-button" ?disabled=${tools.empty} @click=${() => tools.save?.()}>Save as a file</button>
      ${fileButton('Open a file …', 'Saved progress', (file) => tools.open?.(file))}
      ${
        tools.canUndo
          ? html`<button type="button" class="lab-button" @click=${() => tools.undo?.()}>Bring it back</button>`
          : html`<button type="button" class="lab-button" ?disabled=${tools.empty} @click=${() => tools.forget?.()}>Forget my progress</button>`
      }
    </div>
    <p class="lab-progress-said" role="status">
      ${tools.said ? html`<span class=${tools.said.bad ? 'lab-error' : 'lab-soft'}>${tools.said.text}</span>` : nothing}
      ${tools.kept && tools.said ? nothing : html`<span class="lab-soft">${restingSentence(tools.kept)}</span>`}
    </p>
    ${tools.aside === undefined ? nothing : asideView(tools.aside, tools)}`;
}

function restingSentence(kept: boolean): string {
  return kept
    ? 'Kept in this browser, until you forget it or clear the browser’s data.'
    : 'This browser keeps nothing for this site, so what you pass counts only as long as its page is open.';
}

function asideView(problem: string, tools: ProgressTools): TemplateResult {
  return html`<div class="lab-result">
    <p>A progress that was kept here could not be read. ${problem} It is kept aside, and nothing of it is lost.</p>
    <div class="lab-tools">
      <button type="button" class="lab-button lab-small" @click=${() => tools.saveAside?.()}>Save it as a file</button>
      <button type="button" class="lab-button lab-small" @click=${() => tools.discardAside?.()}>Discard it</button>
    </div>
  </div>`;
}
