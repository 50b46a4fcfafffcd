// What came of an example: what it printed, and folded away all else of its run.
import { html, type TemplateResult } from 'lit';
import { outcomeSentence } from '../gatewayscript-editor/outcome-sentence.ts';
import { runView } from '../gatewayscript-editor/run-view.ts';
import type { Run } from '../lab-server/answers.ts';

/** One sentence, for screen readers and where the run did not go well. */
export function saidOf(run: Run): string {
  if (run.outcome !== 'completed' && run.outcome !== 'rejected') return outcomeSentence(run).text;
  return run.console.length === 0 ? 'It printed nothing.' : 'It printed:';
}

export function exampleView(run: Run, goToLine: (line: number) => void): TemplateResult {
  const bad = run.outcome !== 'completed' && run.outcome !== 'rejected';
  return html`<p class=${bad ? 'lab-outcome lab-is-bad' : 'lab-soft'}>${saidOf(run)}</p>
    ${run.error && bad ? html`<p class="lab-error">${run.error.name}: ${run.error.message}</p>` : null}
    ${
      run.console.length === 0
        ? null
        : html`<pre class="lab-wire" tabindex="0" role="group" aria-label="Printed">${run.console.map(({ text }) => text).join('\n')}</pre>`
    }
    <details><summary>The whole run</summary>${runView(run, goToLine)}</details>`;
}
