// `npm start`: from a fresh clone to a running lab. Installs, builds and starts only what is missing.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installDependencies } from './setup/dependencies.mjs';
import { projectEnvironment, projectNode } from './setup/runtime.mjs';
import { buildSite, siteIsCurrent } from './setup/site.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

installDependencies(root);
const node = projectNode(root);
if (!siteIsCurrent(root)) {
  console.error('Building the site …');
  if (!buildSite(root, node)) {
    console.error('The site could not be built. What Astro says above tells why.');
    process.exit(1);
  }
}

const server = spawn(
  node,
  ['--disable-warning=ExperimentalWarning', join(root, 'sandbox-server', 'main.ts')],
  {
    cwd: root,
    env: projectEnvironment(root),
    stdio: 'inherit',
  },
);
// A terminal's Ctrl-C reaches the server by itself, `kill` reaches only us: pass both on, the server takes a repetition as one.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => server.kill(signal));
server.on('exit', (code) => process.exit(code ?? 1));
