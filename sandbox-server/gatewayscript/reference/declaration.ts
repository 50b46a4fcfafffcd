// What `gatewayscript.d.ts` says, as data: the editor reads the file itself, the reference pages and the tests read this.

/** How far a behaviour is known to be the product's; the words of the page "What is emulated". */
export const STANDINGS = ['documented', 'seen', 'inferred', 'lab'] as const;
export type Standing = (typeof STANDINGS)[number];

/** One member: a function, a value, a constructor. */
export interface Member {
  /** As it is declared: `createHash`, `request.verb`, `[Symbol.iterator]`; `new` for a constructor, `call` for a value that is a function. */
  name: string;
  /** Each as TypeScript has it, without doc comment and semicolon; more than one for overloads. */
  signatures: string[];
  isFunction: boolean;
  /** What it does; code stands in backticks. */
  text: string;
  /** A script that runs; `// prints` at the end of a line says what that line logs. */
  example: string;
  standing: Standing | null;
  /** How the example ends: `completed`, unless it says otherwise. */
  outcome: string;
}

/** Members that belong together: a module, an interface, a class, or what hangs on a function. */
export interface Shape {
  kind: 'module' | 'interface' | 'class' | 'namespace';
  name: string;
  /** The page it is told on: the module's name, or what `@page` says. */
  page: string;
  text: string;
  /** Of a module: how far it is known to be the product's. */
  standing: Standing | null;
  /** An expression for a value that has these members; `null` where it is no value, such as the names of variables. */
  from: string | null;
  /** A statement that calls `done(value)` with such a value instead; for what only a callback gives. */
  by: string | null;
  /** Shapes whose members it has too. */
  bases: string[];
  members: Member[];
  /** All names that are declared in it, those of classes included. */
  names: string[];
}

/** A global, and the page it is told on. */
export interface Global extends Member {
  page: string;
}

export interface Declarations {
  globals: Global[];
  shapes: Shape[];
}
