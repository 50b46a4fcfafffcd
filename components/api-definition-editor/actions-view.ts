// What can be done with a definition: deploy it, and whose organization it goes to.
import { html, type TemplateResult } from 'lit';
import { actionButton } from '../lab-server/action-button.ts';
import { shareButton } from '../share/share-action.ts';

export interface DefinitionActions {
  organization?: string | undefined;
  deploying?: boolean;
  deploy?: () => void;
  share?: TemplateResult;
  /** What happened last, for screen readers. */
  said?: string;
}

export function actionsView({
  organization,
  deploying,
  deploy,
  share = shareButton(),
  said,
}: DefinitionActions): TemplateResult {
  return html`${actionButton({ label: 'Deploy', busyLabel: 'Deploying …', busy: deploying ?? false, primary: true, press: deploy })}
    ${share}
    <span class="lab-soft">${organization ? `Deploys to your organization ${organization}.` : 'Deploys to an organization of your own.'}</span>
    <span class="lab-hidden" role="status">${said}</span>`;
}
