// Finds a Chromium that starts on this machine, or installs one: Playwright's own download first,
// where that is refused the system's through its package manager.
import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright';

const SYSTEM_NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const DOWNLOAD_LIMIT_MS = 10 * 60_000;

const isRoot = process.getuid?.() === 0;

/**
 * How every browser of the tests is started. Chromium's own sandbox cannot run as root;
 * background networking is off because a test must not depend on what else a browser wants from the network.
 */
export const launchOptions = {
  chromiumSandbox: !isRoot,
  args: ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic'],
};

function systemCandidates() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  return SYSTEM_NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
}

function executable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function starts(executablePath) {
  try {
    const browser = await chromium.launch({ ...launchOptions, executablePath, timeout: 30_000 });
    await browser.close();
    return true;
  } catch {
    return false;
  }
}

async function firstThatStarts() {
  const named = process.env.CHROMIUM ? [process.env.CHROMIUM] : [];
  for (const file of [...named, chromium.executablePath(), ...systemCandidates()]) {
    if (executable(file) && (await starts(file))) return file;
  }
  return undefined;
}

function attempt(sentence, command, args, options = {}) {
  console.error(sentence);
  return spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'], ...options }).status === 0;
}

function installWithPackageManager() {
  const [command, ...prefix] = isRoot ? ['apt-get'] : ['sudo', '-n', 'apt-get'];
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  attempt('Asking the package manager for Chromium …', command, [...prefix, 'update'], { env });
  attempt(
    'Installing Chromium …',
    command,
    [...prefix, 'install', '-y', '--no-install-recommends', 'chromium'],
    { env },
  );
}

/** Path of a Chromium that starts; throws with what to do where none can be had. */
export async function findOrInstallChromium(root, node) {
  const present = await firstThatStarts();
  if (present) return present;
  const cli = join(root, 'node_modules', 'playwright', 'cli.js');
  attempt('Downloading Chromium (Playwright) …', node, [cli, 'install', 'chromium'], {
    timeout: DOWNLOAD_LIMIT_MS,
    stdio: 'ignore',
  });
  const downloaded = await firstThatStarts();
  if (downloaded) return downloaded;
  if (process.platform === 'linux') installWithPackageManager();
  const installed = await firstThatStarts();
  if (installed) return installed;
  throw new Error('No Chromium starts on this machine. Install one, or set CHROMIUM to its path.');
}
