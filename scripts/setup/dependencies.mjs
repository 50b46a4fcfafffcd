// First step of every command: what package-lock.json names is what stands in node_modules, else `npm ci` runs.
// Plain JavaScript without imports from packages: it runs on Node 20, before anything is installed.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Reads a lock file's `packages`; an absent or broken file counts as an empty one. */
function lockedPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
  } catch {
    return {};
  }
}

/**
 * Whether node_modules holds every package of package-lock.json at its version. npm writes
 * `node_modules/.package-lock.json` last, so an install that broke off is noticed too.
 */
export function dependenciesAreCurrent(root) {
  const wanted = lockedPackages(join(root, 'package-lock.json'));
  const present = lockedPackages(join(root, 'node_modules', '.package-lock.json'));
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    // Optional packages are the builds for other platforms: npm leaves them out here.
    if (path === '' || (optional && !present[path])) return true;
    return present[path]?.version === version;
  });
}

/** Installs what is missing; ends the process with npm's own message where that fails. */
export function installDependencies(root) {
  if (dependenciesAreCurrent(root)) return;
  console.error('Installing packages (npm ci) …');
  // `--engine-strict=false`: the packages want the Node that the project itself brings, not the one that runs npm.
  const { status } = spawnSync(
    'npm',
    ['ci', '--no-audit', '--no-fund', '--engine-strict=false', '--loglevel=error'],
    {
      cwd: root,
      stdio: ['ignore', 2, 2],
      shell: process.platform === 'win32',
    },
  );
  if (status !== 0) {
    console.error(
      'The packages could not be installed. What npm says above tells why; then run the command again.',
    );
    process.exit(1);
  }
}
