// Files whose name carries their hash never change: each is compressed once, and a room of readers gets the same bytes.
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { MiddlewareHandler } from 'hono';
import { COMPRESSIBLE_CONTENT_TYPE_REGEX } from 'hono/compress';
import type { LabEnvironment } from './environment.ts';

const gzipped = promisify(gzip);

interface Asset {
  body: Buffer<ArrayBuffer>;
  headers: [string, string][];
}

/** Where built files with a hash in their name are. */
export const isHashed = (path: string) => path.startsWith('/_astro/');

/** Answers hashed files with gzip from memory, at most `maxBytes` of it; what does not fit is left to others to compress. */
export function compressedAssets(maxBytes: number): MiddlewareHandler<LabEnvironment> {
  const assets = new Map<string, Asset>();
  let bytes = 0;

  function keep(path: string, asset: Asset): void {
    // Two first readers at once have both compressed it.
    if (assets.has(path) || bytes + asset.body.length > maxBytes) return;
    assets.set(path, asset);
    bytes += asset.body.length;
  }

  return async function compressedAssets(c, next) {
    const { method, path } = c.req;
    const takesGzip = /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(c.req.header('accept-encoding') ?? '');
    if (method !== 'GET' || !isHashed(path) || !takesGzip || c.req.header('range') !== undefined)
      return next();

    const known = assets.get(path);
    if (known) return new Response(known.body, { headers: known.headers });
    await next();
    const { headers, status } = c.res;
    const compressible = COMPRESSIBLE_CONTENT_TYPE_REGEX.test(headers.get('content-type') ?? '');
    if (status !== 200 || headers.has('content-encoding') || !compressible) return;
    const body = await gzipped(await c.res.arrayBuffer());
    headers.set('Content-Encoding', 'gzip');
    headers.set('Content-Length', String(body.length));
    headers.append('Vary', 'Accept-Encoding');
    keep(path, { body, headers: [...headers] });
    // Hono keeps the headers of a response that is replaced, the old length among them, unless it is taken away first.
    c.res = undefined;
    c.res = new Response(body, { headers });
  };
}
