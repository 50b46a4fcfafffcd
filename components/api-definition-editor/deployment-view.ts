// What a deployment gave: the URLs to connect to, and what the gateway has to say about the definition.
import { html, type TemplateResult } from 'lit';
import type { Deployment, Diagnostic } from '../lab-server/answers.ts';
import { copyButton } from '../look/copy-button.ts';
import { deploymentSentence } from './deployment-sentence.ts';
import { websocatCommand } from './websocat-command.ts';

/** What a live deployment adds to a recorded one. */
export interface LiveDeployment {
  sentence: string;
  goToLine(line: number): void;
  /** From a line of the definition to one of the text in the editor; `null` where it is not there. */
  lineOf(line: number): number | null;
}

/** Without `live` lines are plain text and nothing is copied. */
export function deploymentView(deployment: Deployment, live?: LiveDeployment): TemplateResult {
  const deployed = 'endpoints' in deployment;
  return html`<div class="lab-deployment">
    <p class=${`lab-outcome lab-is-${deployed ? 'ok' : 'bad'}`}>${live?.sentence ?? deploymentSentence({ result: deployment })}</p>
    ${deployed ? endpointsView(deployment.endpoints, live !== undefined) : null}
    ${diagnosticsView(deployment.diagnostics, live)}
  </div>`;
}

function endpointsView(endpoints: readonly string[], copied: boolean): TemplateResult {
  if (endpoints.length === 0)
    return html`<p>A WebSocket client gets 404 until <code>wss</code> is in <code>schemes</code>.</p>`;
  const texts = [...endpoints, ...endpoints.slice(0, 1).map(websocatCommand)];
  return html`<p class="lab-label">Connect to it</p>
    <ul class="lab-endpoints">${texts.map(
      (text) => html`<li><code tabindex="0">${text}</code>${copied ? copyButton(text) : null}</li>`,
    )}</ul>`;
}

export function diagnosticsView(
  diagnostics: readonly Diagnostic[],
  live?: LiveDeployment,
  label = 'About the definition',
): TemplateResult | null {
  if (diagnostics.length === 0) return null;
  return html`<p class="lab-label">${label}</p>
    <ul class="lab-rule-list">${diagnostics.map(
      (diagnostic) => html`<li class=${`lab-rule lab-is-${tones[diagnostic.severity]}`}>
        <span class="lab-mark">${diagnostic.severity}</span><span>${diagnostic.message} ${lineView(diagnostic.line, live)}</span>
      </li>`,
    )}</ul>`;
}

function lineView(line: number, live?: LiveDeployment): TemplateResult {
  const own = live?.lineOf(line) ?? null;
  if (!live || own === null) return html`<span class="lab-soft">Line ${line} of the definition</span>`;
  return html`<button type="button" class="lab-link" @click=${() => live.goToLine(own)}>Go to line ${own}</button>`;
}

const tones = { error: 'bad', warning: 'warn', info: 'info' } as const;
