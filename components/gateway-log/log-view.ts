// The gateway's event log as a list: one line each, coloured by whose doing it is.
import { html, type TemplateResult } from 'lit';
import type { GatewayEvent } from '../../sandbox-server/gateway/events.ts';
import { clockTime } from '../look/clock-time.ts';
import { type EventLine, eventLine } from './event-line.ts';

/** One line of it. `at` is ISO 8601. */
export interface LogLine extends EventLine {
  at: string;
}

/** `asLogged` tells a script's console as DataPower logs it. */
export function logView(events: readonly GatewayEvent[], asLogged = false): TemplateResult {
  return logTable(logLines(events, asLogged));
}

export function logLines(events: readonly GatewayEvent[], asLogged = false): LogLine[] {
  return events.map((event) => {
    const { text, ...line } = eventLine(event);
    return { at: event.at, ...line, text: asLogged && event.type === 'console' ? event.logLine : text };
  });
}

export function logTable(lines: readonly LogLine[]): TemplateResult {
  return html`<table class="lab-table lab-log">
    <thead><tr><th scope="col">Time</th><th scope="col">Who</th><th scope="col">What</th></tr></thead>
    <tbody>${lines.map(
      ({ at, who, text, tone }) =>
        html`<tr class=${`lab-who-${who} lab-tone-${tone}`}><td>${clockTime(at)}</td><td>${who}</td><td class="lab-text">${text}</td></tr>`,
    )}</tbody>
  </table>`;
}
