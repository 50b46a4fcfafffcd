// What a browser may run in a page of the lab: the site's own scripts, and the inline ones of that very page by their hash.
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';

const inlineScript = /<script\b(?![^>]*\ssrc[\s=])[^>]*>([\s\S]*?)<\/script>/gi;

/** The CSP sources (CSP 3 §2.3.1) of the inline scripts of a page: Starlight sets the theme before the first paint with one. */
export function inlineScriptSources(html: string): string[] {
  const hashes = [...html.matchAll(inlineScript)].map(([, code = '']) =>
    // The parser makes one line feed of CR LF (HTML, "Preprocessing the input stream"), and the hash is of what it made.
    createHash('sha256').update(code.replace(/\r\n?/g, '\n'), 'utf8').digest('base64'),
  );
  return [...new Set(hashes)].map((hash) => `'sha256-${hash}'`);
}

/** The Content-Security-Policy of one page. */
export function pagePolicy(html: string): string {
  return [
    "default-src 'self'",
    // The search runs WebAssembly.
    ["script-src 'self' 'wasm-unsafe-eval'", ...inlineScriptSources(html)].join(' '),
    // The editor makes its workers from blobs, and it and the highlighted code set styles in place.
    "worker-src 'self' blob:",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    // The reader may type any WebSocket URL into the client: that is what it is for.
    "connect-src 'self' ws: wss:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'self'",
  ].join('; ');
}

/** Policies by file, made again when the file has changed. As many entries as pages were asked for. */
export function createPagePolicies(): (file: string) => Promise<string> {
  const known = new Map<string, { modified: number; policy: string }>();
  return async (file) => {
    const { mtimeMs: modified } = await stat(file);
    const entry = known.get(file);
    if (entry?.modified === modified) return entry.policy;
    const policy = pagePolicy(await readFile(file, 'utf8'));
    known.set(file, { modified, policy });
    return policy;
  };
}
