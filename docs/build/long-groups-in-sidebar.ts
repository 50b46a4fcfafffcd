// The sidebar lists every symptom to readers among them, and every exercise likewise; elsewhere one link leads there, and pages stay light.
import { defineRouteMiddleware } from '@astrojs/starlight/route-data';

/** The group's label, and the pages that have it in full: those in its folder, and the map, which is made of it. */
const GROUPS = new Map([
  ['Troubleshooting', ['troubleshooting']],
  ['Exercises', ['exercises', 'all-steps']],
]);

export const onRequest = defineRouteMiddleware(({ locals: { starlightRoute } }) => {
  const section = starlightRoute.id.split('/')[0] ?? '';
  starlightRoute.sidebar = starlightRoute.sidebar.map((entry) => {
    const inFull = entry.type === 'group' ? GROUPS.get(entry.label) : undefined;
    if (entry.type !== 'group' || !inFull || inFull.includes(section)) return entry;
    return (
      entry.entries.find((each) => each.type === 'link' && each.href.endsWith(`/${inFull[0]}/`)) ?? entry
    );
  });
});
