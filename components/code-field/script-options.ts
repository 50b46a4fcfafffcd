// How the editor's language service reads a GatewayScript: Node 8's language and the lab's own declarations, no browser, no newer library.

/** TypeScript's libraries for ES2017 without what the gateway has not: shared memory, and words for other tongues. */
export const SCRIPT_LIBS = [
  'es5',
  'es2015.core',
  'es2015.collection',
  'es2015.generator',
  'es2015.iterable',
  'es2015.promise',
  'es2015.proxy',
  'es2015.reflect',
  'es2015.symbol',
  'es2015.symbol.wellknown',
  'es2016.array.include',
  'es2017.date',
  'es2017.object',
  'es2017.string',
  'es2017.typedarrays',
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
