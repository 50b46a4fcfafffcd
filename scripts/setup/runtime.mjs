// Which Node runs the project: the one that comes as the package `node`, whatever the machine has.
import { spawnSync } from 'node:child_process';
import { delimiter, join } from 'node:path';

const NEEDED_MAJOR = 24;

function major(node) {
  const { stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' });
  return Number(/^v(\d+)\./.exec(stdout ?? '')?.[1] ?? 0);
}

/** Path of a Node that runs TypeScript and Astro; ends the process with one sentence where there is none. */
export function projectNode(root) {
  const brought = join(
    root,
    'node_modules',
    'node',
    'bin',
    process.platform === 'win32' ? 'node.exe' : 'node',
  );
  const found = [brought, process.execPath].find((node) => major(node) >= NEEDED_MAJOR);
  if (found) return found;
  console.error(
    `Node ${NEEDED_MAJOR} is missing: the package "node" should have brought it. ` +
      'Run "npm ci" with install scripts allowed, or use a newer Node.',
  );
  process.exit(1);
}

/** The environment in which packages' own commands (`#!/usr/bin/env node`) find that Node too. */
export function projectEnvironment(root) {
  const bins = [join(root, 'node_modules', '.bin'), join(root, 'node_modules', 'node', 'bin')];
  return {
    ...process.env,
    PATH: [...bins, process.env.PATH].join(delimiter),
    ASTRO_TELEMETRY_DISABLED: '1',
  };
}
