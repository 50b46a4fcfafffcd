// Draws the console of a port live. Fetched when there is a sandbox.
import { render } from 'lit';
import { keepAtEnd, showEnd } from '../look/keep-at-end.ts';
import { feedOf } from '../sandbox/event-feed.ts';
import type { SandboxRecord } from '../sandbox/sandbox-record.ts';
import { type ConsoleLine, consoleOf } from './console-lines.ts';
import { consoleView } from './console-view.ts';

export interface ConsoleWatch {
  port: number;
  goToLine(line: number): void;
  /** The newest line tells of a crash; told once for each. */
  crashed(line: ConsoleLine): void;
}

/** Shows it in `place`; gives the way to stop. */
export function watchConsole(place: HTMLElement, sandbox: SandboxRecord, watch: ConsoleWatch): () => void {
  const { port, goToLine, crashed } = watch;
  let frame = 0;
  let seen = 0;
  let latest: Parameters<Parameters<ReturnType<typeof feedOf>['watch']>[0]>[0] = { events: [], live: false };
  place.replaceChildren();

  function draw(): void {
    frame = 0;
    const { events, live } = latest;
    const { lines, state } = consoleOf(events, port);
    const box = place.querySelector('.lab-server-box');
    const follow = keepAtEnd(box);
    render(consoleView({ lines, state, live, port, own: true, goToLine }), place);
    if (box) follow();
    else showEnd(place.querySelector('.lab-server-box'));
    for (const line of lines) if (line.id > seen && line.tone === 'bad') crashed(line);
    seen = Math.max(seen, lines.at(-1)?.id ?? 0);
  }

  const stop = feedOf(sandbox).watch((state) => {
    latest = state;
    // One drawing a frame, however many lines came.
    frame ||= requestAnimationFrame(draw);
  });
  return () => {
    cancelAnimationFrame(frame);
    stop();
  };
}
