// `npm run build`: the site alone, into dist/, for any static host.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installDependencies } from './setup/dependencies.mjs';
import { projectNode } from './setup/runtime.mjs';
import { buildSite } from './setup/site.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
installDependencies(root);
process.exit(buildSite(root, projectNode(root)) ? 0 : 1);
