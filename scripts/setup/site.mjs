// Builds the site into dist/ when what it is made of has changed since the last build.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { projectEnvironment } from './runtime.mjs';

const SOURCES = [
  'docs',
  'components',
  'public',
  // The reference and the editor are made of these.
  'sandbox-server/gatewayscript/gatewayscript.d.ts',
  'sandbox-server/gatewayscript/reference',
  'astro.config.mjs',
  'tsconfig.json',
  'package-lock.json',
];
const STAMP = '.source-hash';

function filesOf(path) {
  try {
    return readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
      .map((entry) => join(entry.parentPath, entry.name));
  } catch (error) {
    if (error.code === 'ENOTDIR') return [path];
    if (error.code === 'ENOENT') return [];
    throw error;
  }
}

/** A hash over names and contents of all that goes into the site. */
export function sourceHash(root) {
  const hash = createHash('sha256');
  for (const file of SOURCES.flatMap((source) => filesOf(join(root, source))).sort()) {
    hash
      .update(`${relative(root, file)}\0`)
      .update(readFileSync(file))
      .update('\0');
  }
  return hash.digest('hex');
}

export function siteIsCurrent(root) {
  try {
    return readFileSync(join(root, 'dist', STAMP), 'utf8') === sourceHash(root);
  } catch {
    return false;
  }
}

/** Builds; gives whether it succeeded. The stamp is written last, so a build that broke off counts as none. */
export function buildSite(root, node) {
  const before = sourceHash(root);
  const { status } = spawnSync(node, [join(root, 'node_modules', 'astro', 'bin', 'astro.mjs'), 'build'], {
    cwd: root,
    env: projectEnvironment(root),
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) return false;
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(join(root, 'dist', STAMP), before);
  return true;
}
