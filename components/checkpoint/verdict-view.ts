// What a check tried: each with its mark, and of the one that failed what was sent, expected and received; then the hints so far.
import { html, type TemplateResult } from 'lit';
import { codedText } from './coded-text.ts';
import type { Verdict } from './verdict.ts';

type Try = Verdict['tries'][number];

/** `hints` are those that the reader has asked for, after the verdict's own; `looking` says that it is looked at again. */
export function verdictView(
  { passed, tries, hint }: Verdict,
  hints: readonly string[],
  looking = false,
): TemplateResult {
  const all = [...(hint === null ? [] : [hint]), ...hints];
  const [tone, sentence] = passed
    ? ['lab-is-ok', 'Passed. All of this holds:']
    : looking
      ? ['', 'Looking at what you have deployed … Before that, the last of these did not hold:']
      : ['lab-is-bad', 'Not yet. The last of these does not hold:'];
  return html`<p class="lab-outcome ${tone}">${sentence}</p>
    <ol class="lab-rule-list lab-tries">${tries.map(tryView)}</ol>
    ${
      passed
        ? null
        : all.map(
            (each, index) =>
              html`<p class="lab-hint"><b>${index === 0 ? 'Hint' : `Hint ${index + 1}`}:</b> ${codedText(each)}</p>`,
          )
    }`;
}

function tryView({ title, passed, sent, expected, received }: Try): TemplateResult {
  return html`<li class="lab-rule"><span class="lab-mark ${passed ? 'lab-is-ok' : 'lab-is-bad'}">${passed ? 'holds' : 'fails'}</span>
    <div>${title}${passed ? null : differenceView({ sent, expected, received })}</div></li>`;
}

function differenceView({
  sent,
  expected,
  received,
}: Pick<Try, 'sent' | 'expected' | 'received'>): TemplateResult {
  const row = (name: string, text: string) =>
    html`<dt>${name}</dt><dd><pre class="lab-wire" tabindex="0" role="group" aria-label=${name}>${text}</pre></dd>`;
  return html`<dl class="lab-difference">
    ${sent === null ? null : row('Sent', sent)}${row('Expected', expected)}${row('Received', received)}
  </dl>`;
}
