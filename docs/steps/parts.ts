// The steps of the tutorial by their parts, in the sidebar's order, so that the order is told once.
import type { StarlightRouteData } from '@astrojs/starlight/route-data';

type Sidebar = StarlightRouteData['sidebar'];

/** A page of the site's collection; `id` is its path without slashes around it. */
export interface DocsPage {
  id: string;
  data: { title: string; description?: string | undefined; step?: string | undefined };
}

export interface Step {
  id: string;
  title: string;
  description: string;
  path: string;
}

export interface Part {
  title: string;
  steps: Step[];
}

/** All parts that have steps. A step that the sidebar does not list comes last, in a part named by its folder. Throws when two pages have one step. */
export function partsOf(sidebar: Sidebar, pages: readonly DocsPage[]): Part[] {
  const left = stepsByPath(pages);
  const parts = sidebar.flatMap((group) =>
    group.type === 'group' ? [{ title: group.label, paths: pathsOf(group.entries) }] : [],
  );
  const listed = parts.map(({ title, paths }) => ({
    title,
    steps: paths.flatMap((path) => {
      const step = left.get(path);
      left.delete(path);
      return step ? [step] : [];
    }),
  }));
  const others = Map.groupBy([...left.values()], ({ path }) => folderName(path));
  return [...listed, ...[...others].map(([title, steps]) => ({ title, steps }))].filter(
    ({ steps }) => steps.length > 0,
  );
}

/** The sidebar whose links to steps carry the step's id, for the marks of progress. */
export function withSteps(sidebar: Sidebar, pages: readonly DocsPage[]): Sidebar {
  const steps = stepsByPath(pages);
  const marked = (entries: Sidebar): Sidebar =>
    entries.map((entry) => {
      if (entry.type === 'group') return { ...entry, entries: marked(entry.entries) };
      const step = steps.get(entry.href);
      return step ? { ...entry, attrs: { ...entry.attrs, 'data-lab-step': step.id } } : entry;
    });
  return marked(sidebar);
}

/** "You will be able to set up a folder, and to run it." → "Set up a folder, and run it.": in a list the first words stand once for all. */
export function goalOf({ description }: Step): string {
  const goal = description.replace(/^You will be able to /, '').replaceAll(', and to ', ', and ');
  return goal.charAt(0).toUpperCase() + goal.slice(1);
}

function stepsByPath(pages: readonly DocsPage[]): Map<string, Step> {
  const steps = new Map<string, Step>();
  const seen = new Map<string, string>();
  for (const { id, data } of pages.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    if (data.step === undefined) continue;
    const other = seen.get(data.step);
    if (other !== undefined)
      throw new Error(
        `Received the step ${data.step} from two pages, ${other} and ${id}. Expected an id of its own for each.`,
      );
    seen.set(data.step, id);
    const path = `/${id}/`;
    steps.set(path, { id: data.step, title: data.title, description: data.description ?? '', path });
  }
  return steps;
}

function pathsOf(entries: Sidebar): string[] {
  return entries.flatMap((entry) => (entry.type === 'group' ? pathsOf(entry.entries) : [entry.href]));
}

/** `/exercises/broadcast/` is of `Exercises`. */
function folderName(path: string): string {
  const name = (path.split('/')[1] ?? '').replaceAll('-', ' ');
  return name.charAt(0).toUpperCase() + name.slice(1);
}
