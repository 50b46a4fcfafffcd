// `npm run audit`: Lighthouse on a phone, and how soon editors and runs answer, against what they have to be.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installDependencies } from './setup/dependencies.mjs';
import { projectEnvironment, projectNode } from './setup/runtime.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
installDependencies(root);
const { status } = spawnSync(
  projectNode(root),
  ['--disable-warning=ExperimentalWarning', join('audit', 'main.ts')],
  { cwd: root, env: projectEnvironment(root), stdio: 'inherit' },
);
process.exit(status ?? 1);
