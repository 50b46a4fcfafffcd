// One connection in its parts: picture, policies, heads, frames. What only changes with the story is drawn anew only with it.
import { html, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { WatchedConnection } from './connection-store.ts';
import { filterView } from './frames/filter-view.ts';
import { frameDetailView } from './frames/frame-detail-view.ts';
import type { FrameFilter } from './frames/frame-filter.ts';
import type { FrameEvent } from './frames/frame-hops.ts';
import { headsOf } from './heads/heads.ts';
import { headsView } from './heads/heads-view.ts';
import { outcomeView } from './outcome-view.ts';
import { policiesView } from './policies-view.ts';
import { connectionPicture } from './sequence-rows.ts';
import { plural } from './summary.ts';

export interface ShownParts {
  connection: WatchedConnection;
  filter: FrameFilter;
  /** How many frames pass the filter. */
  shown: number;
  /** The chosen frame. */
  frame: FrameEvent | null;
  changeFilter(filter: FrameFilter): void;
  goTo(frame: FrameEvent): void;
}

/** The list of frames itself is drawn by `FrameList` into `[data-frame-list]`. */
export function connectionParts(parts: ShownParts): TemplateResult {
  const { connection, filter, frame } = parts;
  const { story } = connection;
  return html`${guard([connection, story.length], () => outcomeView(connection))}
    <div class="lab-two">
      <details class="lab-part" open><summary>Sequence</summary>
        <div class="lab-scroll lab-sequence-box" tabindex="0" role="group" aria-label="Sequence picture">${connectionPicture(connection)}</div>
      </details>
      <details class="lab-part" open><summary>Policies, and the context before and after each</summary>
        ${guard([connection, story.length], () => policiesView(story))}
      </details>
    </div>
    <details class="lab-part"><summary>The four heads</summary>
      ${guard([connection, story.length], () => headsView(headsOf(story)))}
    </details>
    <details class="lab-part" open><summary>Frames</summary>
      ${filterView(filter, parts.changeFilter)}
      <p class="lab-recorded" data-count>${countWords(parts)}</p>
      ${connection.relay === 'bytes' ? html`<p class="lab-soft">Each stands on both hops: the gateway passes its bytes on as they come. The time is from its last byte in to the write on the other hop.</p>` : null}
      <div class="lab-frame-list" role="listbox" aria-label="Frames of both hops" tabindex="0" data-frame-list></div>
      ${frameDetailView(frame, connection, parts.goTo)}
    </details>`;
}

function countWords({ connection, shown }: ShownParts): string {
  const { frames, droppedFrames, story } = connection;
  const all = plural(frames.length, 'frame');
  const count = shown === frames.length ? all : `${shown} of ${all}`;
  const dropped = droppedFrames > 0 ? `; ${droppedFrames} older ones are no longer listed` : '';
  const untold = story.flatMap((event) => (event.type === 'frames-unwatched' ? [event.reason] : []));
  return [`${count}${dropped}.`, ...untold.slice(-2)].join(' ');
}
