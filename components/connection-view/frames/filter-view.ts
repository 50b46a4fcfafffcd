// The controls above the frames: which are shown.
import { html, type TemplateResult } from 'lit';
import { opcodeName } from '../../websocket-client/opcode-name.ts';
import type { FrameFilter } from './frame-filter.ts';

const hops = [
  ['both', 'Both hops'],
  ['client', 'Client – gateway'],
  ['target', 'Gateway – target'],
] as const;
const opcodes = [0, 1, 2, 8, 9, 10];

export function filterView(filter: FrameFilter, change: (filter: FrameFilter) => void): TemplateResult {
  const onHop = ({ target }: Event) => {
    const hop = hops.find(([value]) => target instanceof HTMLSelectElement && value === target.value)?.[0];
    if (hop) change({ ...filter, hop });
  };
  const onOpcode = ({ target }: Event) => {
    if (target instanceof HTMLSelectElement)
      change({ ...filter, opcode: target.value === '' ? null : Number(target.value) });
  };
  const onSearch = ({ target }: Event) => {
    if (target instanceof HTMLInputElement) change({ ...filter, search: target.value });
  };
  return html`<div class="lab-row lab-filter" role="search" aria-label="Frames">
    <label class="lab-form-field">Hop<select class="lab-input" @change=${onHop}>${hops.map(
      ([value, label]) => html`<option value=${value} ?selected=${value === filter.hop}>${label}</option>`,
    )}</select></label>
    <label class="lab-form-field">Opcode<select class="lab-input" @change=${onOpcode}>
      <option value="" ?selected=${filter.opcode === null}>any</option>${opcodes.map(
        (opcode) =>
          html`<option value=${opcode} ?selected=${opcode === filter.opcode}>${opcodeName(opcode)}</option>`,
      )}</select></label>
    <label class="lab-form-field lab-grow">Search payload (text, hex, close code or #number)<input class="lab-input" type="search" autocomplete="off" spellcheck="false" .value=${filter.search} @input=${onSearch} /></label>
  </div>`;
}
