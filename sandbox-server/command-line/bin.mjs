#!/usr/bin/env node
// `npx gatewayscript`: hands its arguments to the command line proper, which runs on the project's own Node 24.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { projectNode } from '../../scripts/setup/runtime.mjs';

const file = (path) => fileURLToPath(new URL(path, import.meta.url));
const { status } = spawnSync(
  projectNode(file('../../')),
  ['--disable-warning=ExperimentalWarning', file('gatewayscript.ts'), ...process.argv.slice(2)],
  { stdio: 'inherit' },
);
process.exit(status ?? 1);
