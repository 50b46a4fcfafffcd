// A run's result: the outcome, the response, the rules, the console and the trace. The same for a recorded run and a live one.
import { html, type TemplateResult } from 'lit';
import type { Run } from '../lab-server/answers.ts';
import { outcomeSentence } from './outcome-sentence.ts';
import { rulesView } from './rules-view.ts';
import { traceValue } from './trace-value.ts';
import { wireText } from './wire-text.ts';

/** What a line number does when it is pressed; without it a line is plain text. */
export type GoToLine = (line: number) => void;

export function runView(run: Run, goToLine?: GoToLine): TemplateResult {
  const { tone, text } = outcomeSentence(run);
  return html`<div class="lab-run">
    <p class=${`lab-outcome lab-is-${tone}`}>${text}</p>
    ${errorView(run.error, goToLine)}
    <div class="lab-columns">
      <div>
        <p class="lab-label">Response, as it goes over the wire</p>
        <pre class="lab-wire" tabindex="0" role="group" aria-label="Response">${wireText(run.response)}</pre>
      </div>
      ${run.handshake.length > 0 ? html`<div><p class="lab-label">Handshake rules</p>${rulesView(run.handshake)}</div>` : null}
    </div>
    ${consoleView(run.console, goToLine)} ${logView(run.log)} ${traceView(run.trace, goToLine)}
    ${run.truncated ? html`<p class="lab-soft">The output was longer than the lab keeps; the rest was cut.</p>` : null}
  </div>`;
}

function lineView(line: number | null, goToLine?: GoToLine): TemplateResult | string {
  if (line === null) return '–';
  if (!goToLine) return String(line);
  return html`<button type="button" class="lab-link" aria-label=${`Go to line ${line}`} @click=${() => goToLine(line)}>${line}</button>`;
}

function errorView(error: Run['error'], goToLine?: GoToLine): TemplateResult | null {
  if (!error) return null;
  const { line, name, message } = error;
  return html`<p class="lab-error"><strong>${name}</strong>: ${message}
    ${line !== null && goToLine ? html` <button type="button" class="lab-link" @click=${() => goToLine(line)}>Go to line ${line}</button>` : null}</p>`;
}

function consoleView(entries: Run['console'], goToLine?: GoToLine): TemplateResult | null {
  if (entries.length === 0) return null;
  return html`<p class="lab-label">Console</p>
    <div class="lab-scroll" tabindex="0" role="group" aria-label="Console">
      <table class="lab-table">
        <thead><tr><th scope="col">Level</th><th scope="col">Text</th><th scope="col">Line</th></tr></thead>
        <tbody>${entries.map(
          (entry) =>
            html`<tr class=${`lab-level-${entry.level}`}><td>${entry.level}</td><td class="lab-text">${entry.text}</td><td>${lineView(entry.line, goToLine)}</td></tr>`,
        )}</tbody>
      </table>
    </div>`;
}

/** The console once more, in the form in which the gateway's own log has it. */
function logView(lines: Run['log']): TemplateResult | null {
  if (!lines || lines.length === 0) return null;
  return html`<details>
    <summary>As DataPower logs it</summary>
    <pre class="lab-wire" tabindex="0" role="group" aria-label="Log lines">${lines.join('\n')}</pre>
  </details>`;
}

function traceView(entries: Run['trace'], goToLine?: GoToLine): TemplateResult | null {
  if (entries.length === 0) return null;
  return html`<p class="lab-label">What the script read and wrote</p>
    <div class="lab-scroll" tabindex="0" role="group" aria-label="Trace of the context">
      <table class="lab-table lab-trace">
        <thead><tr><th scope="col">Call</th><th scope="col">Variable</th><th scope="col">Value</th><th scope="col">Line</th></tr></thead>
        <tbody>${entries.map(
          (entry, index) =>
            html`<tr><td>${entry.operation}</td><td>${entry.name}</td><td class="lab-text">${traceValue(entries, index)}</td><td>${lineView(entry.line, goToLine)}</td></tr>`,
        )}</tbody>
      </table>
    </div>`;
}
