// The console of the reader's server, in its frame: drawn empty at build time, so that its place is there from the first paint on.
import { html, type TemplateResult } from 'lit';
import { clockTime } from '../look/clock-time.ts';
import type { ConsoleLine, ServerState } from './console-lines.ts';

export interface ServerConsole {
  lines: readonly ConsoleLine[];
  state: ServerState;
  live: boolean;
  port: number;
  /** Whether there is an organization whose console this is. */
  own?: boolean;
  goToLine?: (line: number) => void;
}

export function consoleView({
  lines,
  state,
  live,
  port,
  own = false,
  goToLine,
}: ServerConsole): TemplateResult {
  const stale = own && !live ? ' (not live at the moment)' : '';
  return html`<p class="lab-recorded">Console of port ${port}${said[state]}${stale}</p>
    <div class="lab-scroll lab-server-box" tabindex="0" role="log" aria-label=${`Console of port ${port}`}>
      ${lines.length === 0 ? html`<p class="lab-soft lab-empty">${own ? 'Nothing yet. What the server prints comes here.' : 'Live, once you have deployed.'}</p>` : null}
      <table class="lab-table"><tbody>${lines.map((line) => rowView(line, goToLine))}</tbody></table>
    </div>`;
}

function rowView({ at, text, tone, line }: ConsoleLine, goToLine?: (line: number) => void): TemplateResult {
  const link =
    line !== null && goToLine
      ? html` <button type="button" class="lab-link" @click=${() => goToLine(line)}>Go to line ${line}</button>`
      : null;
  return html`<tr class=${`lab-is-${tone === 'error' ? 'bad' : tone}`}><td>${clockTime(at)}</td><td class="lab-text">${text}${link}</td></tr>`;
}

const said: Record<ServerState, string> = {
  none: '',
  running: ': your server runs',
  stopped: ': your server has stopped',
  crashed: ': your server has crashed',
};
