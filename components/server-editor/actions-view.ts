// What can be done with a server file: deploy it to its port, and stop what runs there.
import { html, type TemplateResult } from 'lit';
import { actionButton } from '../lab-server/action-button.ts';

export interface ServerActions {
  port: number;
  organization?: string | undefined;
  deploying?: boolean;
  stopping?: boolean;
  deploy?: () => void;
  stop?: () => void;
  /** What happened last, for screen readers. */
  said?: string;
}

export function actionsView(actions: ServerActions): TemplateResult {
  const { port, organization, deploying = false, stopping = false, deploy, stop, said } = actions;
  const where = organization ? `your organization ${organization}` : 'an organization of your own';
  return html`${actionButton({ label: 'Deploy', busyLabel: 'Deploying …', busy: deploying, primary: true, press: deploy })}
    ${actionButton({ label: 'Stop', busyLabel: 'Stopping …', busy: stopping, press: stop })}
    <span class="lab-soft">Port ${port} of ${where}.</span>
    <span class="lab-hidden" role="status">${said}</span>`;
}
