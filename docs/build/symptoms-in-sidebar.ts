// The sidebar lists every symptom to readers among them; elsewhere one link leads there, and pages stay light.
import { defineRouteMiddleware } from '@astrojs/starlight/route-data';

const SECTION = 'troubleshooting';

export const onRequest = defineRouteMiddleware(({ locals: { starlightRoute } }) => {
  if (starlightRoute.id.split('/')[0] === SECTION) return;
  starlightRoute.sidebar = starlightRoute.sidebar.map((entry) => {
    if (entry.type !== 'group' || entry.label !== 'Troubleshooting') return entry;
    return entry.entries.find((each) => each.type === 'link' && each.href.endsWith(`/${SECTION}/`)) ?? entry;
  });
});
