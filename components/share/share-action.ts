// Copy link, as an editor has it: the button, and below the actions what came of it.
import { html, type TemplateResult } from 'lit';
import { Action, type ActionHost } from '../lab-server/action.ts';
import { actionButton } from '../lab-server/action-button.ts';
import { problemView } from '../lab-server/problem-view.ts';
import type { CopiedLink } from './copy-link.ts';
import type { SharedWork } from './shared-work.ts';

/** The button alone, as the build draws it too. */
export function shareButton(press?: () => void): TemplateResult {
  return actionButton({ label: 'Copy link', busyLabel: 'Copy link', press });
}

export class ShareAction {
  #host: ActionHost;
  #action: Action;
  #done: CopiedLink | null = null;
  #work: () => SharedWork;

  /** `work` is asked for at each press. */
  constructor(host: ActionHost, work: () => SharedWork) {
    this.#host = host;
    this.#action = new Action(host);
    this.#work = work;
  }

  view(): TemplateResult {
    return html`${shareButton(this.#copy)}${this.#said()}`;
  }

  #copy = async (): Promise<void> => {
    this.#done = null;
    const done = await this.#action.do(async () => (await import('./copy-link.ts')).copyLink(this.#work()));
    if (done) this.#done = done;
    this.#host.requestUpdate();
  };

  #said(): TemplateResult | null {
    if (this.#action.problem)
      return html`<div class="lab-link-made" role="status">${problemView(this.#action)}</div>`;
    if (!this.#done) return null;
    const { link, copied, holds } = this.#done;
    return html`<div class="lab-link-made">
      <p role="status">${copied ? 'Link copied.' : 'This browser does not let pages copy: take the link from here.'} It holds ${holds}, without your names and token. Look for passwords of your own before you send it.</p>
      <input class="lab-input" readonly aria-label="Link" .value=${link} @focus=${selectAll} />
    </div>`;
  }
}

function selectAll({ currentTarget }: Event): void {
  if (currentTarget instanceof HTMLInputElement) currentTarget.select();
}
