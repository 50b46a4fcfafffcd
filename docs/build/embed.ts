// Builds what pages of other sites load, `/embed.js`, beside the site: on its own, so that it shares no file with the lab's pages.
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { build } from 'vite';

const ENTRY = 'components/embed/element.ts';
const root = fileURLToPath(new URL('../../', import.meta.url));

export function embed(): AstroIntegration {
  return {
    name: 'lab:embed',
    hooks: {
      'astro:build:done': async ({ dir }) => {
        await buildEmbed(fileURLToPath(dir));
      },
      // Under `npm run dev` it is the source itself, which Vite turns into JavaScript.
      'astro:server:setup': ({ server }) => {
        server.middlewares.use('/embed.js', (_, response) => {
          response.setHeader('content-type', 'text/javascript').end(`import '/${ENTRY}';\n`);
        });
      },
    },
  };
}

/** Writes `embed.js`, whose name others rely on, and beside the site's hashed files those that it fetches later. */
export async function buildEmbed(folder: string): Promise<void> {
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    // Of Lit its templates alone: the whole would be kept for its side effects.
    resolve: { alias: [{ find: /^lit$/, replacement: 'lit-html' }] },
    build: {
      outDir: folder,
      emptyOutDir: false,
      target: 'es2022',
      // It would look for the files at the host page's origin.
      modulePreload: false,
      rolldownOptions: {
        input: `${root}${ENTRY}`,
        output: { entryFileNames: 'embed.js', chunkFileNames: '_astro/embed-[name].[hash].js' },
      },
    },
  });
}
