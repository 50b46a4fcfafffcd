// `npm run dev`: Astro's own server with reload for the pages, and the sandbox server restarted at every change, side by side.
// The page's port answers for both: Astro passes /api and /gateway on to the server.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installDependencies } from './setup/dependencies.mjs';
import { projectEnvironment, projectNode } from './setup/runtime.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
installDependencies(root);
const node = projectNode(root);
const pagePort = process.env.PORT ?? '4321';
const serverPort = process.env.DEV_SERVER_PORT ?? '4320';
const environment = { ...projectEnvironment(root), LAB_SERVER: `http://127.0.0.1:${serverPort}` };

function start(args, env) {
  return spawn(node, args, { cwd: root, env: { ...environment, ...env }, stdio: 'inherit' });
}

const children = [
  start(
    [
      '--disable-warning=ExperimentalWarning',
      '--watch',
      '--watch-preserve-output',
      join('sandbox-server', 'main.ts'),
    ],
    { PORT: serverPort },
  ),
  start(
    [
      join('node_modules', 'astro', 'bin', 'astro.mjs'),
      'dev',
      '--port',
      pagePort,
      '--host',
      process.env.HOST ?? '127.0.0.1',
    ],
    {},
  ),
];
let ending = false;
function endAll(signal, code) {
  if (ending) return;
  ending = true;
  process.exitCode = code;
  for (const child of children) child.kill(signal);
}
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => endAll(signal, 0));
// One without the other is no lab: the first that ends takes the other with it.
for (const child of children) child.on('exit', (code) => endAll('SIGTERM', code ?? 0));
