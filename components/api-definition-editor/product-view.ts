// What the deployment of a product gave: its plans with their limits, and the ids and secrets that its applications call with.
import { html, type TemplateResult } from 'lit';
import type { DeployedProduct } from '../lab-server/answers.ts';
import { copyButton } from '../look/copy-button.ts';
import { diagnosticsView, type LiveDeployment } from './deployment-view.ts';

/** Without an organization (a recorded deployment) nothing is said of whose it is. */
export function productSentence({ name, version }: DeployedProduct, organization?: string): string {
  const where = organization === undefined ? '' : ` in your organization ${organization}`;
  return `Deployed${where}: the product ${name}, version ${version}.`;
}

/** Without `live` lines are plain text and nothing is copied. */
export function productView(product: DeployedProduct, live?: LiveDeployment): TemplateResult {
  return html`<div class="lab-deployment">
    <p class="lab-outcome lab-is-ok">${live?.sentence ?? productSentence(product)}</p>
    <p class="lab-label">Plans</p>
    <ul class="lab-endpoints">${product.plans.map(
      ({ name, limits }) => html`<li><code>${name}</code> ${limitsText(limits)}</li>`,
    )}</ul>
    ${
      product.applications.length > 0
        ? html`<p class="lab-label">Applications</p>
    <ul class="lab-endpoints">${product.applications.map((application) => applicationView(application, live !== undefined))}</ul>`
        : null
    }
    ${diagnosticsView(product.diagnostics, live, 'About the product')}
  </div>`;
}

function limitsText(limits: DeployedProduct['plans'][number]['limits']): string {
  if (limits.length === 0) return 'without limits';
  return limits
    .map(({ value, hard }) => `${value}${hard || value === 'unlimited' ? '' : ' (soft)'}`)
    .join(', ');
}

function applicationView(
  application: DeployedProduct['applications'][number],
  copied: boolean,
): TemplateResult[] {
  const { name, plan, clientId, clientSecret } = application;
  const keys = [
    html`<li>${name}, plan ${plan}, client id <code tabindex="0">${clientId}</code>${copied ? copyButton(clientId) : null}</li>`,
  ];
  if (clientSecret !== null)
    keys.push(
      html`<li>${name}, client secret <code tabindex="0">${clientSecret}</code>${copied ? copyButton(clientSecret) : null}</li>`,
    );
  return keys;
}
