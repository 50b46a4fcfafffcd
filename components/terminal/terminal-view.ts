// The bar of a terminal: what it is, how it is with the server, and the buttons for what a keyboard has keys for.
import { html, type TemplateResult } from 'lit';

export interface TerminalView {
  state: 'connecting' | 'prompt' | 'running' | 'away';
  /** Exit code of the program that ended last. */
  exit: number | null;
  /** Whether screen readers get what is printed; `null` where that is always so. */
  reader: boolean | null;
  signal: (signal: 'interrupt' | 'end-of-input') => void;
  toggleReader: () => void;
  close: () => void;
}

export function terminalView(view: TerminalView): TemplateResult {
  const running = view.state === 'running';
  return html`<span class="lab-terminal-name">Terminal</span>
    <span class="lab-soft lab-terminal-state" role="status">${sentence(view)}</span>
    <div class="lab-tools">
      <button type="button" class="lab-button lab-small" ?disabled=${!running} @click=${() => view.signal('interrupt')}>Ctrl-C</button>
      <button type="button" class="lab-button lab-small" ?disabled=${!running} @click=${() => view.signal('end-of-input')}>Ctrl-D</button>
      ${view.reader === null ? null : html`<button type="button" class="lab-button lab-small" aria-pressed=${view.reader} @click=${view.toggleReader}>Screen reader</button>`}
      <button type="button" class="lab-button lab-small" @click=${view.close}>Close</button>
    </div>`;
}

function sentence({ state, exit }: TerminalView): string {
  if (state === 'connecting') return 'Connecting …';
  if (state === 'away') return 'The lab’s server is away; this connects again by itself.';
  if (state === 'running') return 'Running';
  return exit === null || exit === 0 ? 'Ready' : `Ready. The last program ended with ${exit}.`;
}
