// Stands above the playground and takes in what a link brings: it says so, and changes nothing before the reader does.
import { LitElement, type TemplateResult } from 'lit';
import { LabProblem, serverAway } from '../lab-server/lab-problem.ts';
import type { PlaygroundElement } from '../playground/element.ts';
import { takeStage } from '../stage.ts';
import { type Notice, noticeView } from './notice-view.ts';
import type { OwnWork } from './own-work.ts';
import type { SharedWork } from './shared-work.ts';
import { hasOwnWork, isShared } from './signs.ts';

type Opening = typeof import('./opening.ts');

/** `<lab-shared-work>`, written by Playground.astro into its playground. */
export class SharedWorkElement extends LitElement {
  #notice: Notice | null = null;
  #offered: SharedWork | null = null;
  /** The reader's own work, while somebody else's stands in its place. */
  #own: OwnWork | null = null;
  #keeps = true;

  override createRenderRoot(): HTMLElement {
    return takeStage(this);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('hashchange', this.#onAddress);
    this.#playground?.addEventListener('lab-edit', this.#onEdit);
    void this.#onAddress();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('hashchange', this.#onAddress);
    this.#playground?.removeEventListener('lab-edit', this.#onEdit);
  }

  override render(): TemplateResult | null {
    if (!this.#notice) return null;
    return noticeView(this.#notice, {
      open: () => void this.#decide((opening) => this.#open(opening)),
      keepMine: () => void this.#decide(() => this.#rest()),
      back: () => void this.#decide((opening) => this.#back(opening)),
      adopt: () => void this.#decide((opening) => this.#adopt(opening)),
    });
  }

  get #playground(): PlaygroundElement | null {
    return this.closest<PlaygroundElement>('lab-playground');
  }

  /** A page that was opened with a link, or a link that was put into the address of an open page. A heading's changes nothing. */
  #onAddress = async (): Promise<void> => {
    const fragment = location.hash.slice(1);
    if (!isShared(fragment) && !hasOwnWork()) return;
    try {
      const opening = await import('./opening.ts');
      this.#own ??= opening.readOwnWork();
      if (!isShared(fragment)) return this.#rest();
      const work = await opening.readLink(fragment);
      // Meanwhile the address may have become another one.
      if (fragment === location.hash.slice(1)) this.#offer(work, opening);
    } catch (error) {
      this.#tell({ kind: 'broken', problem: error instanceof LabProblem ? error : serverAway() });
    }
  };

  #offer(work: SharedWork, opening: Opening): void {
    this.#offered = work;
    this.#tell({
      kind: 'offered',
      holds: opening.listed(opening.partsOf(work)),
      keeps: opening.canKeep(this.#ownBeside(work, opening)),
      replaces: this.#own !== null,
    });
  }

  /** The reader's own parts in whose place this work would stand. What an earlier link has replaced stays the reader's own. */
  #ownBeside(work: SharedWork, { partsAlike }: Opening): OwnWork {
    const now = this.#playground?.work ?? {};
    return { mine: { ...partsAlike(now, work), ...this.#own?.mine }, edited: false };
  }

  #open(opening: Opening): void {
    const work = this.#offered;
    if (!work) return;
    this.#own = this.#ownBeside(work, opening);
    this.#keeps = opening.writeOwnWork(this.#own);
    this.#playground?.take(work);
    this.#rest();
  }

  #back(opening: Opening): void {
    if (this.#own) this.#playground?.take(this.#own.mine);
    this.#adopt(opening);
  }

  #adopt(opening: Opening): void {
    opening.writeOwnWork(null);
    this.#own = null;
    this.#rest();
  }

  /** No link waits for a decision any more, and none is left in the address. */
  #rest(): void {
    this.#offered = null;
    if (isShared(location.hash.slice(1))) {
      history.replaceState(history.state, '', `${location.pathname}${location.search}`);
    }
    this.#tell(this.#own && { kind: 'opened', edited: this.#own.edited, keeps: this.#keeps });
  }

  /** Only what the reader does fires this event. */
  #onEdit = async (): Promise<void> => {
    if (!this.#own || this.#own.edited) return;
    this.#own = { ...this.#own, edited: true };
    if (this.#notice?.kind === 'opened') this.#tell({ ...this.#notice, edited: true });
    const { writeOwnWork } = await import('./opening.ts');
    // Meanwhile it may have been taken back.
    if (this.#own) writeOwnWork(this.#own);
  };

  /** The pressed button goes with its notice: the focus goes to the next one, or to where it stood. */
  async #decide(deed: (opening: Opening) => void): Promise<void> {
    deed(await import('./opening.ts'));
    await this.updateComplete;
    (this.querySelector<HTMLElement>('.lab-notice') ?? this).focus();
  }

  #tell(notice: Notice | null): void {
    this.#notice = notice;
    this.requestUpdate();
  }
}

customElements.define('lab-shared-work', SharedWorkElement);
