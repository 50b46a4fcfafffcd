// The console of the sandbox's server, live. Fetched when there is a sandbox.
import { html, render } from 'lit';
import { keepAtEnd } from '../look/keep-at-end.ts';
import { feedOf } from '../sandbox/event-feed.ts';
import type { SandboxRecord } from '../sandbox/sandbox-record.ts';

/** Shows it in `place`; gives the way to stop. */
export function showServerConsole(place: HTMLElement, sandbox: SandboxRecord): () => void {
  place.replaceChildren();
  return feedOf(sandbox).watch(({ events, live }) => {
    const lines = events.filter((event) => event.type === 'server-console');
    const follow = keepAtEnd(place.querySelector('.lab-scroll'));
    render(
      html`<p class="lab-recorded">Console of the server in ${sandbox.organization}${live ? '' : ' (not live at the moment)'}</p>
        <div class="lab-scroll lab-console-box" tabindex="0" role="group" aria-label="Console of the server">
          ${lines.length === 0 ? html`<p class="lab-soft lab-empty">Nothing yet. Connect a client.</p>` : null}
          <table class="lab-table"><tbody>${lines.map(({ at, text }) => html`<tr><td>${new Date(at).toLocaleTimeString()}</td><td class="lab-text">${text}</td></tr>`)}</tbody></table>
        </div>`,
      place,
    );
    follow();
  });
}
