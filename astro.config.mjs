// The site: Starlight's base, our sidebar and look, built to static files in dist/.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { satteri } from '@astrojs/markdown-satteri';
import starlight from '@astrojs/starlight';
import { defineConfig } from 'astro/config';
import { embed } from './docs/build/embed.ts';
import { stylesOnDemand } from './docs/build/styles-on-demand.ts';
import { ORDER } from './docs/elements/symptoms.ts';
import { markTerms } from './docs/glossary/mark-terms.ts';
import { definitionPages } from './docs/reference/definition-pages.ts';
import { referencePages } from './docs/reference/pages.ts';

// Under `npm run dev` the page's port answers for the sandbox server too.
const server = process.env.LAB_SERVER;
const proxy = server
  ? { '/api': { target: server, ws: true }, '/gateway': { target: server, ws: true } }
  : {};

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const reference = referencePages(
  readFileSync(here('./sandbox-server/gatewayscript/gatewayscript.d.ts'), 'utf8'),
);

export default defineConfig({
  srcDir: './docs',
  outDir: './dist',
  // With a server to pass `/api/runs` on to (`npm run dev`), Astro must not answer 404 for want of a slash.
  trailingSlash: process.env.LAB_SERVER ? 'ignore' : 'always',
  build: {
    format: 'directory',
    // One cached file for all lessons rather than a copy in each.
    inlineStylesheets: 'never',
  },
  devToolbar: { enabled: false },
  prefetch: false,
  markdown: { processor: satteri({ hastPlugins: [markTerms] }) },
  integrations: [
    starlight({
      title: 'The API Connect WebSocket Lab',
      titleDelimiter: '·',
      description:
        'Learn WebSockets through IBM API Connect in pages that run: edit the policy, deploy it, open a real socket.',
      favicon: '/favicon.svg',
      customCss: [
        './docs/styles/tokens.css',
        './docs/styles/site.css',
        './docs/styles/terms.css',
        './docs/styles/print.css',
      ],
      components: {
        Head: './docs/overrides/Head.astro',
        SiteTitle: './docs/overrides/SiteTitle.astro',
        PageTitle: './docs/overrides/PageTitle.astro',
        Sidebar: './docs/overrides/Sidebar.astro',
        Footer: './docs/overrides/Footer.astro',
      },
      pagefind: true,
      lastUpdated: false,
      credits: false,
      tableOfContents: false,
      routeMiddleware: ['./docs/build/long-groups-in-sidebar.ts', './docs/build/steps-in-sidebar.ts'],
      sidebar: [
        { label: 'Welcome', slug: 'index' },
        'all-steps',
        {
          label: 'WebSocket upgrade policy',
          items: [
            'websocket-upgrade/01-install-ws',
            'websocket-upgrade/02-server-file',
            'websocket-upgrade/03-start-server',
            'websocket-upgrade/04-create-api',
            'websocket-upgrade/05-target-url',
            'websocket-upgrade/06-wss-scheme',
            'websocket-upgrade/07-deploy',
            'websocket-upgrade/08-test',
          ],
        },
        {
          label: 'GatewayScript handshake',
          items: [
            'gatewayscript/01-create-api',
            'gatewayscript/02-handshake-handler',
            'gatewayscript/03-test',
          ],
        },
        {
          label: 'Exercises',
          collapsed: true,
          items: [
            'exercises',
            'exercises/every-client',
            'exercises/refuse-without-key',
            'exercises/refuse-wrong-version',
            'exercises/refuse-foreign-origin',
            'exercises/pick-subprotocol',
            'exercises/require-api-key',
            'exercises/validate-jwt',
            'exercises/limit-messages',
            'exercises/json-messages',
            'exercises/request-in-connection',
            'exercises/broadcast',
            'exercises/close-codes',
            'exercises/dead-peers',
            'exercises/reconnect-with-back-off',
            'exercises/find-the-fault-1',
            'exercises/find-the-fault-2',
            'exercises/find-the-fault-3',
            'exercises/find-the-fault-4',
            'exercises/find-the-fault-5',
          ],
        },
        'wrapping-up',
        'handshake',
        'glossary',
        'playground',
        'embed',
        'your-names',
        'gateway-switches',
        {
          label: 'Troubleshooting',
          collapsed: true,
          items: ['troubleshooting', ...ORDER.map((name) => `troubleshooting/${name}`)],
        },
        {
          label: 'What is emulated',
          collapsed: true,
          items: [
            'what-is-emulated',
            'what-is-emulated/policies',
            'what-is-emulated/security-and-plans',
            'what-is-emulated/servers-and-terminal',
            'what-is-emulated/gatewayscript',
          ],
        },
        {
          label: 'Reference',
          collapsed: true,
          items: [
            { label: 'All pages', link: '/reference/' },
            ...definitionPages()
              .filter(({ policy }) => policy === null)
              .map(({ slug, title }) => ({ label: title, link: `/reference/${slug}/` })),
            // Each policy has a page below this one: a sidebar of all of them would weigh on every page.
            { label: 'Policies', link: '/reference/policies/' },
            ...reference.map(({ slug, title }) => ({ label: title, link: `/reference/${slug}/` })),
          ],
        },
      ],
    }),
    embed(),
  ],
  vite: {
    plugins: [stylesOnDemand('monaco-editor')],
    resolve: {
      alias: [
        // monaco-yaml was written for a Monaco whose modules could be named by their files.
        { find: /^monaco-editor\/esm\/vs\/(.*)$/, replacement: 'monaco-editor/$1' },
        {
          find: /^prettier\/(?:standalone|plugins\/(?:yaml|estree))$/,
          replacement: here('./components/code-field/no-formatter.ts'),
        },
        { find: /^@components\/(.*)$/, replacement: `${here('./components')}/$1` },
        // The search's interface and style are fetched when it is opened, not on every page.
        { find: /^@pagefind\/default-ui$/, replacement: here('./docs/overrides/search/on-open.ts') },
        {
          find: /^@pagefind\/default-ui\/css\/ui\.css$/,
          replacement: here('./docs/overrides/search/nothing-yet.css'),
        },
      ],
    },
    worker: { format: 'es' },
    build: {
      // The editor is large, and comes on intent only; e2e/weight.spec.ts guards what comes before.
      chunkSizeWarningLimit: 6_000,
      rolldownOptions: {
        // Astro marks each page's module with a directive of its own; the bundler's remark on it says nothing to us.
        onLog: (level, log, tell) => log.code !== 'MODULE_LEVEL_DIRECTIVE' && tell(level, log),
      },
    },
    server: { proxy },
  },
});
