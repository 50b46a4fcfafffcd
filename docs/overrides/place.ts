// Where a page stands in its part of the tutorial, read off the sidebar so that the order is told once.
import type { StarlightRouteData } from '@astrojs/starlight/route-data';

type Sidebar = StarlightRouteData['sidebar'];

/** `step` counts from 1. */
export interface Place {
  part: string;
  step: number;
  steps: number;
}

/** The pages of these groups are looked up, not walked through. */
const UNNUMBERED = ['Reference', 'Troubleshooting', 'What is emulated'];

/** The place of the current page, or `null` for a page outside the numbered parts. */
export function placeOf(sidebar: Sidebar): Place | null {
  for (const group of sidebar) {
    if (group.type !== 'group' || UNNUMBERED.includes(group.label)) continue;
    // The list of a group's own steps is none itself.
    const marked = group.entries.filter((entry) => entry.type === 'link' && 'data-lab-step' in entry.attrs);
    const steps = marked.length > 0 ? marked : group.entries;
    const index = steps.findIndex((entry) => entry.type === 'link' && entry.isCurrent);
    if (index >= 0) return { part: group.label, step: index + 1, steps: steps.length };
  }
  return null;
}
