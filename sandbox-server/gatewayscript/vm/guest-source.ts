// Bundles the guest's code and the worker's, once a start: each part is a file, and each file in `guest/modules` is a module.
import { readdir } from 'node:fs/promises';
import { STATUS_CODES } from 'node:http';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build, type OutputFile, type Plugin } from 'esbuild';
import { DIGESTS } from '../host/hash.ts';
import { SCRIPT_FILE } from './script-function.ts';

const { dirname, join, relative } = posix;
const folder = fileURLToPath(new URL('../', import.meta.url));

/**
 * A piece of the guest's code: JavaScript of a function that takes `load`, which gives another part's exports by its name, and gives
 * its own. Compiling leaves garbage between what stays, and the less of it at once, the closer together lies what stays.
 */
export interface GuestPart {
  name: string;
  code: string;
}

/** The part that gives the guest's `start` function. */
export const MAIN_PART = 'main.js';

/** Where a guest's code lies, and what the script in it is called in stack traces. */
export interface GuestCode {
  /** A folder with the main part and `modules`. */
  folder: string;
  scriptFile: string;
  /** Further parts that are called when they are first needed. */
  later: string[];
}

export const GATEWAYSCRIPT: GuestCode = {
  folder: `${folder}guest`,
  scriptFile: SCRIPT_FILE,
  later: ['xml/xml.js'],
};

/** @returns the guest's code: the main part, each module of scripts, and what several of them share. */
export async function bundleGuest(guest = GATEWAYSCRIPT): Promise<GuestPart[]> {
  const modules = await moduleNames(guest.folder);
  const files = await bundle({
    entryPoints: [MAIN_PART, ...guest.later, ...modules.map(modulePart)].map(
      (part) => `${guest.folder}/${part}`,
    ),
    outdir: OUT,
    outbase: guest.folder,
    splitting: true,
    format: 'esm',
    platform: 'neutral',
    mainFields: ['main'],
    target: 'es2022',
    // Names stay, since errors and `inspect` tell them.
    minifySyntax: true,
    minifyWhitespace: true,
    plugins: [laterPlugin(modules, guest.scriptFile), xmlEntitiesPlugin],
  });
  return files.map(({ path, text }) => asPart(relative(OUT, path), text));
}

/** @returns CommonJS of a worker thread: bundled, a thread starts sooner and smaller than from TypeScript. */
export async function bundleWorker(entry = `${folder}pool/worker.ts`): Promise<string> {
  const quickjs = import.meta.resolve('@jitl/quickjs-wasmfile-release-sync');
  const [file] = await bundle({
    entryPoints: [entry],
    format: 'cjs',
    platform: 'node',
    target: 'node24',
    minify: true,
    define: { 'import.meta.url': JSON.stringify(quickjs) },
  });
  if (!file) throw new Error('esbuild gave no output');
  return file.text;
}

async function bundle(options: BuildOptions): Promise<OutputFile[]> {
  const { outputFiles } = await build({
    ...options,
    bundle: true,
    write: false,
    legalComments: 'none',
    logLevel: 'silent',
  });
  return outputFiles ?? [];
}

const OUT = '/guest';
const modulePart = (name: string) => `modules/${name}.js`;

async function moduleNames(guestFolder: string): Promise<string[]> {
  const files = await readdir(`${guestFolder}/modules`);
  return files
    .filter((file) => file.endsWith('.js'))
    .map((file) => file.slice(0, -3))
    .sort();
}

/** An ES module as esbuild writes it, imports first and one export last, as a function of `load`. */
function asPart(name: string, text: string): GuestPart {
  let imports = '';
  const body = text
    .replace(/^(?:import(?:\{[^}]*\}from)?"[^"]+";\n?)+/, (statements) => {
      for (const [, names, from = ''] of statements.matchAll(/import(?:\{([^}]*)\}from)?"([^"]+)";/g)) {
        const part = JSON.stringify(join(dirname(name), from));
        imports +=
          names === undefined ? `load(${part});` : `const {${names.replaceAll(' as ', ':')}}=load(${part});`;
      }
      return '';
    })
    .replace(/export\{([^}]*)\};\s*$/, (_statement, names: string) => {
      if (/\binit_/.test(names)) throw new Error(`${name}: what it exports is made late, and copied before`);
      return `return {${names.split(',').map(asProperty).join()}};`;
    });
  return { name, code: `(load=>{${imports}${body}\n})` };
}

/** `a as b` of an export as a property. */
function asProperty(name: string): string {
  const [own = '', exported = own] = name.split(' as ');
  return `${exported}:${own}`;
}

/**
 * `lab:later/NAME`: a function that gives the default export of that part, none of which runs before. `lab:modules`: a Map of such
 * functions by the name of each file in `guest/modules`: until a script asks for a module it is compiled code, no more. `lab:digests`: the
 * names of the digests. `lab:status-codes`: the reasons of HTTP's status codes. `lab:script-file`: what the script is called in stack traces.
 */
function laterPlugin(modules: string[], scriptFile: string): Plugin {
  const later = (part: string) => `() => load(${JSON.stringify(part)}).default`;
  return {
    name: 'lab-later',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^lab:/ }, ({ path }) => ({ path: path.slice('lab:'.length), namespace: 'lab' }));
      onLoad({ filter: /^later\//, namespace: 'lab' }, ({ path }) => ({
        contents: `export default ${later(path.slice('later/'.length))};`,
      }));
      onLoad({ filter: /^script-file$/, namespace: 'lab' }, () => ({
        contents: `export const SCRIPT_FILE = ${JSON.stringify(scriptFile)};`,
      }));
      onLoad({ filter: /^digests$/, namespace: 'lab' }, () => ({
        contents: `export default ${JSON.stringify(DIGESTS)};`,
      }));
      onLoad({ filter: /^status-codes$/, namespace: 'lab' }, () => ({
        contents: `export default ${JSON.stringify(STATUS_CODES)};`,
      }));
      onLoad({ filter: /^modules$/, namespace: 'lab' }, () => {
        const rows = modules.map((name) => `[${JSON.stringify(name)}, ${later(modulePart(name))}]`);
        return { contents: `export default new Map([${rows.join(', ')}]);` };
      });
    },
  };
}

/** The DOM library's list of entities is half of its start, and all but five of them are HTML's. */
const xmlEntitiesPlugin: Plugin = {
  name: 'lab-xml-entities',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/entities$/ }, ({ importer }) =>
      importer.includes('xmldom') ? { path: `${folder}guest/xml/entities.js` } : undefined,
    );
  },
};
