// The built pages, as files of `dist/`: hashed ones for a year, pages asked again each time.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { compress } from 'hono/compress';
import { compressedAssets, isHashed } from './compressed-assets.ts';
import type { LabEnvironment } from './environment.ts';
import { createPagePolicies } from './page-policy.ts';

/** What pages of other sites load: by a name that stays, so a new version has to reach them soon. */
const EMBED = '/embed.js';
/** What that fetches later; hashed. */
const EMBED_PARTS = '/_astro/embed-';

/** Bytes of compressed files kept; the site has about one million. */
const COMPRESSED_MAX_BYTES = 16_777_216;

const notBuilt = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Not built yet</title>
<h1>The pages are not built yet</h1>
<p>The server runs, but its pages are missing. Run <code>npm run build</code>, or start all with <code>npm start</code>, and load this again.</p></html>`;

/** 304 where the browser has this version already (RFC 9110 §13.1.3): the file's time is what both compare. */
const unlessModified: MiddlewareHandler<LabEnvironment> = async (c, next) => {
  await next();
  const modified = c.res.headers.get('last-modified');
  if (c.res.status !== 200 || modified === null || c.req.header('if-modified-since') !== modified) return;
  const headers = new Headers(c.res.headers);
  headers.delete('content-length');
  await c.res.body?.cancel();
  // Hono keeps the headers of a response that is replaced, unless it is taken away first.
  c.res = undefined;
  c.res = new Response(null, { status: 304, headers });
};

function cacheControl(path: string): string {
  if (isHashed(path)) return 'public, max-age=31536000, immutable';
  return path === EMBED ? 'public, max-age=300' : 'no-cache';
}

/** Serves a folder of built pages; it may be built after the start. */
export function siteRoutes(folder: string) {
  const app = new Hono<LabEnvironment>();
  const policyOf = createPagePolicies();
  let files: MiddlewareHandler<LabEnvironment> | undefined;

  /** Said after the file's response is there: what `onFound` would set on the context is lost by then. */
  async function describe(response: Response, c: Context<LabEnvironment>): Promise<void> {
    const file = c.get('file')?.replace(/\.(br|gz|zst)$/, '');
    if (file === undefined) return;
    response.headers.set('Cache-Control', cacheControl(c.req.path));
    // A browser fetches a module of another site only with that site's leave (HTML, "fetch a single module script").
    if (c.req.path === EMBED || c.req.path.startsWith(EMBED_PARTS))
      response.headers.set('Access-Control-Allow-Origin', '*');
    if (file.endsWith('.html')) response.headers.set('Content-Security-Policy', await policyOf(file));
  }

  app.use(compress());
  app.use(compressedAssets(COMPRESSED_MAX_BYTES));
  app.use(unlessModified);
  app.use(async (c, next) => {
    // Made late, since it complains on the console about a folder that is not there.
    if (!files && existsSync(folder)) {
      files = serveStatic<LabEnvironment>({
        root: folder,
        precompressed: true,
        onFound: (path, c) => c.set('file', path),
      });
    }
    const response = await (files ? files(c, next) : next());
    if (response) await describe(response, c);
    return response;
  });
  app.get('*', async (c) => {
    c.header('Cache-Control', 'no-store');
    if (!existsSync(join(folder, 'index.html'))) return c.html(notBuilt, 503);
    const file = join(folder, '404.html');
    if (!existsSync(file)) return c.html('<!doctype html><title>Not found</title><h1>Not found</h1>', 404);
    c.header('Content-Security-Policy', await policyOf(file));
    return c.html(await readFile(file, 'utf8'), 404);
  });
  return app;
}
