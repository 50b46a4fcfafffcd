// What can be done with a script: run it, and where there is a definition, deploy it.
import { html, type TemplateResult } from 'lit';
import { actionButton } from '../lab-server/action-button.ts';
import { shareButton } from '../share/share-action.ts';

export interface ScriptActions {
  deployable: boolean;
  running?: boolean;
  deploying?: boolean;
  run?: () => void;
  deploy?: () => void;
  share?: TemplateResult;
  /** What happened last, for screen readers. */
  said?: string;
}

export function actionsView({
  deployable,
  running,
  deploying,
  run,
  deploy,
  share = shareButton(),
  said,
}: ScriptActions): TemplateResult {
  return html`${actionButton({ label: 'Run', busyLabel: 'Running …', busy: running ?? false, primary: true, press: run })}
    ${
      deployable
        ? actionButton({ label: 'Deploy', busyLabel: 'Deploying …', busy: deploying ?? false, press: deploy })
        : null
    }
    ${share}
    <span class="lab-hidden" role="status">${said}</span>`;
}
