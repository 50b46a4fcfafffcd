// What a sandbox refuses, each as a type, so that the HTTP interface gives each its status in one place.

export class SandboxesFull extends Error {
  readonly max: number;
  constructor(max: number) {
    super(`There are ${max} sandboxes, and the lab keeps no more at once.`);
    this.name = 'SandboxesFull';
    this.max = max;
  }
}

/** It was forgotten while something was on its way to it. */
export class SandboxGone extends Error {
  constructor(name: string) {
    super(`There is no sandbox "${name}".`);
    this.name = 'SandboxGone';
  }
}

/** What was deployed before a restart is not compiled yet. */
export class StillCompiling extends Error {
  constructor() {
    super('What this sandbox had deployed before the lab started anew is still being compiled.');
    this.name = 'StillCompiling';
  }
}

/** Another API of the sandbox already answers under this base path. */
export class BasePathTaken extends Error {
  constructor(basePath: string, other: string) {
    super(`The API "${other}" of this sandbox already has the base path ${basePath}.`);
    this.name = 'BasePathTaken';
  }
}

export class TooManyApis extends Error {
  constructor(max: number) {
    super(`This sandbox has ${max} APIs, and may have no more.`);
    this.name = 'TooManyApis';
  }
}

/** The definitions of a sandbox, or its products, together would take more bytes than it may keep. */
export class DefinitionsTooLarge extends Error {
  constructor(maxBytes: number) {
    super(`The definitions or products of this sandbox would together take more than ${maxBytes} bytes.`);
    this.name = 'DefinitionsTooLarge';
  }
}

export class ApiUnknown extends Error {
  constructor(name: string) {
    super(`This sandbox has no API named "${name}".`);
    this.name = 'ApiUnknown';
  }
}

export class TooManyProducts extends Error {
  constructor(max: number) {
    super(`This sandbox has ${max} products, and may have no more.`);
    this.name = 'TooManyProducts';
  }
}

export class ProductUnknown extends Error {
  constructor(name: string) {
    super(`This sandbox has no product named "${name}".`);
    this.name = 'ProductUnknown';
  }
}

/** The events of a sandbox are watched by as many sockets as may. */
export class TooManyWatchers extends Error {
  constructor(max: number) {
    super(`The events of this sandbox are already watched by ${max} sockets.`);
    this.name = 'TooManyWatchers';
  }
}
