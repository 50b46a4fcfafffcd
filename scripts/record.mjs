// `npm run record`: prints the lessons' recorded outputs anew.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installDependencies } from './setup/dependencies.mjs';
import { projectEnvironment, projectNode } from './setup/runtime.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
installDependencies(root);
const recorders = [
  ['--disable-warning=ExperimentalWarning', join('e2e', 'lessons', 'record.ts')],
  // The traces of faulty files: what holds them against today writes them too.
  [
    join('node_modules', 'vitest', 'vitest.mjs'),
    'run',
    'sandbox-server/checkpoints/exercises/traces.test.ts',
    '--update',
  ],
];
for (const recorder of recorders) {
  const { status } = spawnSync(projectNode(root), recorder, {
    cwd: root,
    env: projectEnvironment(root),
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}
