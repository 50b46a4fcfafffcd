// The gateway's event log as a list: one line each, coloured by whose doing it is.
import { html, type TemplateResult } from 'lit';
import type { GatewayEvent } from '../../sandbox-server/gateway/events.ts';
import { clockTime } from '../look/clock-time.ts';
import { eventLine } from './event-line.ts';

/** `asLogged` tells a script's console as DataPower logs it. */
export function logView(events: readonly GatewayEvent[], asLogged = false): TemplateResult {
  return html`<table class="lab-table lab-log">
    <thead><tr><th scope="col">Time</th><th scope="col">Who</th><th scope="col">What</th></tr></thead>
    <tbody>${events.map((event) => {
      const { who, text: plain, tone } = eventLine(event);
      const text = asLogged && event.type === 'console' ? event.logLine : plain;
      return html`<tr class=${`lab-who-${who} lab-tone-${tone}`}><td>${clockTime(event.at)}</td><td>${who}</td><td class="lab-text">${text}</td></tr>`;
    })}</tbody>
  </table>`;
}
