// The four names that a reader types once.
import { html, type TemplateResult } from 'lit';
import { nameProblem } from './kept-names.ts';
import { NAME_KINDS, type NameKind, type Names } from './name-places.ts';

export interface NamesForm {
  names: Names;
  type?: (kind: NameKind, text: string) => void;
  forget?: () => void;
  /** What happened last. */
  said?: string;
}

const WORDS: Record<NameKind, { label: string; lab: string; hint: string }> = {
  gateway: {
    label: 'Gateway host',
    lab: 'localhost:9443',
    hint: 'In API Connect: the gateway service’s endpoint, without https:// and path.',
  },
  organization: { label: 'Provider organization', lab: 'demo', hint: 'Its name, not its title.' },
  catalog: { label: 'Catalog', lab: 'sandbox', hint: 'Its name in the URL.' },
  backend: {
    label: 'Backend host',
    lab: 'backend:8091',
    hint: 'Your WebSocket server, as the gateway reaches it.',
  },
};

export function namesForm({ names, type, forget, said }: NamesForm): TemplateResult {
  return html`<div class="lab-names">${NAME_KINDS.map((kind) => field(kind, names[kind] ?? '', type))}</div>
    <div class="lab-actions">
      <button type="button" class="lab-button" ?disabled=${Object.keys(names).length === 0} @click=${() => forget?.()}>Back to the lab’s names</button>
      <span class="lab-soft" role="status">${said ?? 'Kept in this browser only. Leave a field empty for the lab’s own name.'}</span>
    </div>`;
}

function field(kind: NameKind, value: string, type: NamesForm['type']): TemplateResult {
  const { label, lab, hint } = WORDS[kind];
  const problem = nameProblem(kind, value);
  return html`<label class="lab-form-field">${label}
    <input class="lab-input" name=${kind} .value=${value} placeholder=${lab} autocomplete="off" autocapitalize="off" spellcheck="false" aria-invalid=${problem !== null} aria-describedby=${`lab-name-${kind}`} @input=${(
      event: Event,
    ) => {
      if (event.target instanceof HTMLInputElement) type?.(kind, event.target.value.trim());
    }} />
    <span id=${`lab-name-${kind}`} class=${problem ? 'lab-error' : 'lab-soft'}>${problem ?? hint}</span></label>`;
}
