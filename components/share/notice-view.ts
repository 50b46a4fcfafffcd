// What stands above the playground when a link has brought somebody's work: whose it is, what it holds, and the reader's choice.
import { html, type TemplateResult } from 'lit';
import type { LabProblem } from '../lab-server/lab-problem.ts';

export type Notice =
  | {
      kind: 'offered';
      /** What the link holds, in words. */
      holds: string;
      /** Whether the browser can keep the reader's own beside it. */
      keeps: boolean;
      /** Whether what stands there now is from a link, too. */
      replaces: boolean;
    }
  | { kind: 'opened'; edited: boolean; keeps: boolean }
  | { kind: 'broken'; problem: Pick<LabProblem, 'message' | 'hint'> };

export interface NoticeDeeds {
  open?: () => void;
  /** The link's work is not opened, or its notice is put away. */
  keepMine?: () => void;
  back?: () => void;
  /** What was opened is the reader's from now on. */
  adopt?: () => void;
}

export function noticeView(notice: Notice, deeds: NoticeDeeds = {}): TemplateResult {
  const button = (label: string, press?: () => void, primary = false) =>
    html`<button type="button" class=${primary ? 'lab-button lab-primary' : 'lab-button'} @click=${() => press?.()}>${label}</button>`;
  const box = (tone: 'warn' | 'bad', title: string, text: string, buttons: TemplateResult) =>
    html`<section class=${`lab-widget lab-notice lab-is-${tone}`} aria-label="Work from a link" tabindex="-1">
      <p class="lab-outcome">${title}</p>
      <p>${text}</p>
      <div class="lab-tools">${buttons}</div>
    </section>`;
  switch (notice.kind) {
    case 'offered':
      return box(
        'warn',
        'Somebody else’s work, from a link',
        `It holds ${notice.holds}. Nothing of it has run, and nothing is deployed. ${mineWords(notice)}`,
        html`${button('Open it', deeds.open, true)} ${button('Keep mine', deeds.keepMine)}`,
      );
    case 'opened':
      return box(
        'warn',
        notice.edited ? 'From a link, and changed since' : 'This is somebody else’s work, from a link',
        `${notice.edited ? '' : 'Read it before you run or deploy it. '}${keptWords(notice)}`,
        html`${button('Back to mine', deeds.back, true)} ${button('Keep this, drop mine', deeds.adopt)}`,
      );
    case 'broken':
      return box(
        'bad',
        notice.problem.message,
        notice.problem.hint,
        html`${button('Close', deeds.keepMine)}`,
      );
  }
}

function mineWords({ keeps, replaces }: { keeps: boolean; replaces: boolean }): string {
  if (replaces) return 'It takes the place of what the last link brought; your own stays kept.';
  return keeps
    ? 'Your own stands below as you left it, and is kept when you open this.'
    : 'Your own stands below as you left it. This browser keeps nothing: once you leave this page there is no way back to it.';
}

function keptWords({ keeps }: { keeps: boolean }): string {
  return keeps ? 'Your own is kept.' : 'Your own is kept until you leave this page.';
}
