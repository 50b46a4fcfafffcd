// The sidebar's links to steps carry the steps' ids, by which the page marks those that were passed.
import { getCollection } from 'astro:content';
import { defineRouteMiddleware } from '@astrojs/starlight/route-data';
import { withSteps } from '../steps/parts.ts';

export const onRequest = defineRouteMiddleware(async ({ locals: { starlightRoute } }) => {
  starlightRoute.sidebar = withSteps(starlightRoute.sidebar, await getCollection('docs'));
});
