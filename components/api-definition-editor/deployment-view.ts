// What a deployment gave: the URLs to connect to, and what the gateway has to say about the definition.
import { html, type TemplateResult } from 'lit';
import type { Deployment, Diagnostic } from '../lab-server/answers.ts';

export interface DeploymentActions {
  goToLine(line: number): void;
  copy(text: string): void;
}

/** Without `actions` (in the recorded form) lines are plain text and nothing is copied. */
export function deploymentView(deployment: Deployment, actions?: DeploymentActions): TemplateResult {
  const errors = deployment.diagnostics.filter((diagnostic) => diagnostic.severity === 'error').length;
  return html`<div class="lab-deployment">
    ${
      'endpoints' in deployment
        ? html`<p class="lab-outcome lab-is-ok">Deployed: ${deployment.name}, version ${deployment.version}.</p>${endpointsView(deployment.endpoints, actions)}`
        : html`<p class="lab-outcome lab-is-bad">Not deployed: ${errors === 1 ? 'one error' : `${errors} errors`}. What was deployed before stays.</p>`
    }
    ${diagnosticsView(deployment.diagnostics, actions)}
  </div>`;
}

/** The command that opens this URL in the reader's own terminal. */
export function websocatCommand(endpoint: string): string {
  return `websocat -v ${endpoint.startsWith('wss:') ? '--insecure ' : ''}${endpoint}`;
}

function endpointsView(endpoints: readonly string[], actions?: DeploymentActions): TemplateResult {
  const texts = [...endpoints, ...endpoints.slice(0, 1).map(websocatCommand)];
  return html`<p class="lab-label">Connect to it</p>
    <ul class="lab-endpoints">${texts.map(
      (text) => html`<li><code tabindex="0">${text}</code>${
        actions
          ? html`<button type="button" class="lab-button lab-small" aria-label=${`Copy ${text}`} @click=${() => actions.copy(text)}>Copy</button>`
          : null
      }</li>`,
    )}</ul>`;
}

function diagnosticsView(diagnostics: readonly Diagnostic[], actions?: DeploymentActions): TemplateResult | null {
  if (diagnostics.length === 0) return null;
  return html`<p class="lab-label">About the definition</p>
    <ul class="lab-rule-list">${diagnostics.map(
      (diagnostic) => html`<li class=${`lab-rule lab-is-${tones[diagnostic.severity]}`}>
        <span class="lab-mark">${diagnostic.severity}</span>
        <span>${diagnostic.message} ${
          actions
            ? html`<button type="button" class="lab-link" @click=${() => actions.goToLine(diagnostic.line)}>Go to line ${diagnostic.line}</button>`
            : html`<span class="lab-soft">Line ${diagnostic.line}</span>`
        }</span>
      </li>`,
    )}</ul>`;
}

const tones = { error: 'bad', warning: 'warn', info: 'info' } as const;
