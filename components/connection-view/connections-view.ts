// The list of connections, the newest first; one of them is shown.
import { html, type TemplateResult } from 'lit';
import type { WatchedConnection } from './connection-store.ts';
import { placeAfter } from './frames/list-keys.ts';
import { framesOf, originOf, pathOf, stateOf } from './summary.ts';

export function connectionsView(
  connections: readonly WatchedConnection[],
  chosen: WatchedConnection | null,
  choose: (connection: WatchedConnection) => void,
): TemplateResult {
  const newestFirst = connections.toReversed();
  const walk = (event: KeyboardEvent) => {
    const at = chosen ? newestFirst.indexOf(chosen) : -1;
    const place = placeAfter(event.key, at, newestFirst.length, 5);
    const next = place === null ? undefined : newestFirst[place];
    if (!next || !(event.currentTarget instanceof HTMLElement)) return;
    event.preventDefault();
    choose(next);
    const option = event.currentTarget.querySelector<HTMLElement>(`[data-connection="${next.id}"]`);
    option?.focus();
  };
  return html`<div class="lab-scroll lab-connections" role="listbox" aria-label="Connections, newest first" @keydown=${walk}>${newestFirst.map(
    (connection) =>
      html`<div role="option" class="lab-connection" data-connection=${connection.id} aria-selected=${connection === chosen} tabindex=${connection === chosen ? 0 : -1} @click=${() => choose(connection)}>
        <b>#${connection.number}</b> <span class="lab-cell-origin">${originOf(connection)}</span> <code>${pathOf(connection)}</code> <span class="lab-soft">${stateOf(connection)}, ${framesOf(connection)}</span>
      </div>`,
  )}</div>`;
}
