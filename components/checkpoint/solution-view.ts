// The solution as a diff against the reader's own text; applied only on request, and taken back as easily.
import { structuredPatch } from 'diff';
import { html, type TemplateResult } from 'lit';

export interface SolutionFile {
  file: string;
  /** As it stands in the reader's editor. */
  mine: string;
  solution: string;
}

/** `undo` stands in for `apply` where it was applied and nothing typed since. */
export interface SolutionDeeds {
  apply(file: string): void;
  undo(file: string): void;
  applied: ReadonlySet<string>;
}

export function solutionView(files: readonly SolutionFile[], deeds: SolutionDeeds): TemplateResult {
  return html`<section class="lab-solution" aria-label="The solution">
    ${files.map((each) => fileView(each, deeds))}
  </section>`;
}

function fileView(
  { file, mine, solution }: SolutionFile,
  { apply, undo, applied }: SolutionDeeds,
): TemplateResult {
  const same = mine.trimEnd() === solution.trimEnd();
  const button = applied.has(file)
    ? html`<button type="button" class="lab-button lab-small" @click=${() => undo(file)}>Undo</button>`
    : html`<button type="button" class="lab-button lab-small" ?disabled=${same} @click=${() => apply(file)}>Apply to my file</button>`;
  return html`<div class="lab-solution-file"><span class="lab-file">${file}</span>${button}</div>
    ${
      same
        ? html`<p class="lab-soft">Your file is the solution.</p>`
        : html`<pre class="lab-wire lab-diff" tabindex="0" role="group" aria-label=${`What the solution changes in ${file}`}>${patchLines(mine, solution).map(lineView)}</pre>`
    }`;
}

/** Lines as in a unified diff, a `…` between distant places. */
function patchLines(mine: string, solution: string): string[] {
  const { hunks } = structuredPatch(
    'mine',
    'solution',
    `${mine.trimEnd()}\n`,
    `${solution.trimEnd()}\n`,
    '',
    '',
    {
      context: 3,
    },
  );
  return hunks.flatMap(({ lines }, index) => (index === 0 ? lines : ['…', ...lines]));
}

function lineView(line: string): TemplateResult {
  const kind = line.startsWith('+') ? 'added' : line.startsWith('-') ? 'removed' : null;
  if (kind === null) return html`<span>${line}\n</span>`;
  const tag = kind === 'added' ? html`<ins>${line}\n</ins>` : html`<del>${line}\n</del>`;
  return html`<span class="lab-hidden">${kind}: </span>${tag}`;
}
