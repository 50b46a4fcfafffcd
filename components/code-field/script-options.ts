// How the editor's language service reads a GatewayScript: Node 8's language and the lab's own declarations, no browser, no newer library.

/**
 * TypeScript's libraries for ES2017 without what the gateway has not: shared memory, and words for other tongues. By the names of their files: of
 * a shorter one the service would find none, and say so of every global.
 */
export const SCRIPT_LIBS = [
  'lib.es5.d.ts',
  'lib.es2015.core.d.ts',
  'lib.es2015.collection.d.ts',
  'lib.es2015.generator.d.ts',
  'lib.es2015.iterable.d.ts',
  'lib.es2015.promise.d.ts',
  'lib.es2015.proxy.d.ts',
  'lib.es2015.reflect.d.ts',
  'lib.es2015.symbol.d.ts',
  'lib.es2015.symbol.wellknown.d.ts',
  'lib.es2016.array.include.d.ts',
  'lib.es2017.date.d.ts',
  'lib.es2017.object.d.ts',
  'lib.es2017.string.d.ts',
  'lib.es2017.typedarrays.d.ts',
];

/** Compiler options, numbers as TypeScript has them. Each script stands for itself, as on the gateway. */
export const SCRIPT_OPTIONS = {
  allowJs: true,
  checkJs: true,
  noEmit: true,
  target: 4, // ES2017
  module: 1, // CommonJS
  moduleDetection: 3, // force
  types: [],
  strict: false,
};

/**
 * Diagnostics that are none here: a script is a function's body, so `return` stands at its top (1108); what is declared twice by
 * `var` (2300, 2403, 2451) or may be `undefined` the gateway runs; hints on style (80000 and up) are not the lab's matter.
 */
export const IGNORED_CODES = [1108, 2300, 2403, 2451, 7044, 80001, 80002, 80004, 80005, 80006, 80007];

/** What the service behind the editor gets. Its models have no file name that ends in `.js`. */
export const SERVICE_OPTIONS = { ...SCRIPT_OPTIONS, lib: SCRIPT_LIBS, allowNonTsExtensions: true };
