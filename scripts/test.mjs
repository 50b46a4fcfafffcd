// `npm test`: everything CI runs, from a fresh clone to one closing line. Later stages still run after a failure, so that one run tells all.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installDependencies } from './setup/dependencies.mjs';
import { projectEnvironment, projectNode } from './setup/runtime.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
installDependencies(root);
// What follows imports packages: it runs on the project's own Node, in a process of its own.
const { status, signal } = spawnSync(
  projectNode(root),
  [join(root, 'scripts', 'test', 'stages.mjs'), ...process.argv.slice(2)],
  {
    cwd: root,
    env: projectEnvironment(root),
    stdio: ['ignore', 'inherit', 'inherit'],
  },
);
process.exit(signal ? 1 : (status ?? 1));
