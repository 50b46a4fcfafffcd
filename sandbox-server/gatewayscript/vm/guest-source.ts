// Bundles the guest's code and the worker's, once a start: each part is a file, and each file in `guest/modules` is a module.
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';

const folder = fileURLToPath(new URL('../', import.meta.url));

/** @returns JavaScript of an expression that gives the guest's `start` function. */
export async function bundleGuest(): Promise<string> {
  const code = await bundle({
    entryPoints: [`${folder}guest/main.js`],
    format: 'iife',
    globalName: 'guest',
    platform: 'neutral',
    mainFields: ['main'],
    target: 'es2022',
    // QuickJS keeps the text of every function; names stay, since errors and `inspect` tell them.
    minifySyntax: true,
    minifyWhitespace: true,
    plugins: [modulesPlugin, xmlEntitiesPlugin],
  });
  return `(() => {\n${code}\nreturn guest.start;\n})()`;
}

/** @returns CommonJS of the worker thread: bundled, a thread starts sooner and smaller than from TypeScript. */
export async function bundleWorker(): Promise<string> {
  const quickjs = import.meta.resolve('@jitl/quickjs-wasmfile-release-sync');
  return await bundle({
    entryPoints: [`${folder}pool/worker.ts`],
    format: 'cjs',
    platform: 'node',
    target: 'node24',
    minify: true,
    define: { 'import.meta.url': JSON.stringify(quickjs) },
  });
}

async function bundle(options: Parameters<typeof build>[0]): Promise<string> {
  const { outputFiles } = await build({
    ...options,
    bundle: true,
    write: false,
    legalComments: 'none',
    logLevel: 'silent',
  });
  const [file] = outputFiles ?? [];
  if (!file) throw new Error('esbuild gave no output');
  return file.text;
}

/**
 * `lab:modules`: a Map from the name of each file in `guest/modules` to a function that gives its default export. `require` makes
 * esbuild wrap the file and what it imports, so that none of it runs before the script asks: until then it is compiled code, no more.
 */
const modulesPlugin: Plugin = {
  name: 'lab-modules',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^lab:modules$/ }, ({ path }) => ({ path, namespace: 'lab' }));
    onLoad({ filter: /.*/, namespace: 'lab' }, async () => {
      const files = (await readdir(`${folder}guest/modules`)).filter((file) => file.endsWith('.js')).sort();
      const row = (file: string) =>
        `[${JSON.stringify(file.slice(0, -3))}, () => require('./guest/modules/${file}').default]`;
      return { contents: `export default new Map([${files.map(row).join(', ')}]);`, resolveDir: folder };
    });
  },
};

/** The DOM library's list of entities is half of its start, and all but five of them are HTML's. */
const xmlEntitiesPlugin: Plugin = {
  name: 'lab-xml-entities',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/entities$/ }, ({ importer }) =>
      importer.includes('xmldom') ? { path: `${folder}guest/xml/entities.js` } : undefined,
    );
  },
};
