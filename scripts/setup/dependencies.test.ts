import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dependenciesAreCurrent } from './dependencies.mjs';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'lab-dependencies-'));
  mkdirSync(join(root, 'node_modules'));
});
afterEach(() => rmSync(root, { recursive: true }));

const version = () => `1.${Math.floor(Math.random() * 1e6)}.0`;
const lock = (packages: object) => JSON.stringify({ lockfileVersion: 3, packages });

function write(wanted: object, present?: object) {
  writeFileSync(join(root, 'package-lock.json'), lock({ '': { name: 'x' }, ...wanted }));
  if (present) writeFileSync(join(root, 'node_modules', '.package-lock.json'), lock(present));
}

describe('what is installed is current', () => {
  it('when every package stands at its version', () => {
    const packages = { 'node_modules/a': { version: version() }, 'node_modules/b': { version: version() } };
    write(packages, packages);
    expect(dependenciesAreCurrent(root)).toBe(true);
  });

  it('when only builds for other platforms are missing', () => {
    const a = { 'node_modules/a': { version: version() } };
    write({ ...a, 'node_modules/a-win32': { version: version(), optional: true } }, a);
    expect(dependenciesAreCurrent(root)).toBe(true);
  });
});

describe('packages are installed again', () => {
  it('in a fresh clone', () => {
    write({ 'node_modules/a': { version: version() } });
    expect(dependenciesAreCurrent(root)).toBe(false);
  });

  it('when the lock file names another version, also of an optional package', () => {
    for (const optional of [false, true]) {
      write(
        { 'node_modules/a': { version: '2.0.0', optional } },
        { 'node_modules/a': { version: version(), optional } },
      );
      expect(dependenciesAreCurrent(root)).toBe(false);
    }
  });

  it('when an install broke off and left no list, or half of one', () => {
    write({ 'node_modules/a': { version: version() } });
    writeFileSync(join(root, 'node_modules', '.package-lock.json'), '{"packages":{"node_mod');
    expect(dependenciesAreCurrent(root)).toBe(false);
  });
});
