// Every page that the build has made, found in dist/ so that no list can grow stale.
import { readdirSync } from 'node:fs';

/** Paths such as `/` and `/websocket-upgrade/07-deploy/`, sorted. */
export const pages: string[] = readdirSync(new URL('../../dist/', import.meta.url), {
  recursive: true,
  encoding: 'utf8',
})
  .filter((file) => file === 'index.html' || file.endsWith('/index.html'))
  .map((file) => `/${file.slice(0, -'index.html'.length)}`)
  .sort();
