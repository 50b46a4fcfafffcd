// `npm run bench [engine] [gateway] [events]`: how fast the engine, the gateway and its event log are, and how heavy, against what they have to be.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installDependencies } from './setup/dependencies.mjs';
import { projectEnvironment, projectNode } from './setup/runtime.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
installDependencies(root);
// isolated-vm wants Node without its start-up snapshot, whoever else runs in the process.
const flags = ['--disable-warning=ExperimentalWarning', '--no-node-snapshot'];
const { status } = spawnSync(
  projectNode(root),
  [...flags, join('bench', 'main.ts'), ...process.argv.slice(2)],
  {
    cwd: root,
    env: projectEnvironment(root),
    stdio: 'inherit',
  },
);
process.exit(status ?? 1);
