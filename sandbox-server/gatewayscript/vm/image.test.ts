// A guest's memory is put back to the image byte by byte, and the marks tell all that a run has written.
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import { copyToImage, type Restorer, startFromImage } from './image.ts';
import { loadEngineCode } from './load-source.ts';
import { createMachine, type Machine } from './machine.ts';
import { createGuestMemory } from './memory.ts';
import { randomScript } from './random-script.fixture.ts';
import { asFunction } from './script-function.ts';
import type { Snapshot } from './snapshot.ts';

const PAGE = 4096;

/** A memory with some random stretches, and an allocator that gives what it is told to. */
function filled() {
  const memory = createGuestMemory(16);
  const bytes = Buffer.from(memory.memory.buffer);
  for (let i = 0; i < 20; i += 1) {
    const stretch = randomBytes(randomInt(1, 3 * PAGE));
    stretch.copy(bytes, randomInt(0, 4 * 1024 * 1024));
  }
  const allocator = { next: 0, _malloc: (_bytes: number) => allocator.next, _free: () => {} };
  return { memory, bytes, allocator };
}

/** Pages of the memory that differ from the image, where the image holds anything. */
function changedPages(memory: WebAssembly.Memory, image: Uint8Array): number[] {
  const now = Buffer.from(memory.buffer);
  const changed: number[] = [];
  for (let at = 0; at < image.length; at += PAGE) {
    const page = image.subarray(at, at + PAGE);
    // Pages that were empty are free to the allocator, and not put back.
    if (page.some((byte) => byte !== 0) && !now.subarray(at, at + PAGE).equals(page)) changed.push(at / PAGE);
  }
  return changed;
}

describe('a memory that starts from an image', () => {
  test('is the image, whatever was there, and gets back every byte', () => {
    const image = copyToImage(filled().memory.memory);
    const other = filled();
    const restorer = startFromImage(other, image);
    expect(Buffer.compare(copyToImage(other.memory.memory), image)).toBe(0);
    other.bytes.fill(0xff);
    restorer.restoreAll();
    expect(changedPages(other.memory.memory, image)).toEqual([]);
  });

  test('gets back what bears a mark, and looks at nothing else', () => {
    const started = filled();
    const image = copyToImage(started.memory.memory);
    const restorer = startFromImage(started, image);
    for (let i = 0; i < 50; i += 1) {
      const [address, length] = [randomInt(image.length - 5_000), randomInt(1, 5_000)];
      started.allocator.next = address;
      started.bytes.fill(0xa5, started.allocator._malloc(length), address + length);
    }
    restorer.restoreMarked();
    expect(changedPages(started.memory.memory, image)).toEqual([]);

    const used = image.findIndex((byte) => byte !== 0 && byte !== 0xa5);
    started.bytes[used] = 0xa5;
    restorer.restoreMarked();
    expect(started.bytes[used]).toBe(0xa5);
  });
});

describe('QuickJS marks all that it writes:', () => {
  let machine: Machine;
  let snapshot: Snapshot;
  let restorer: Restorer;
  let until = 0;

  beforeAll(async () => {
    const code = await loadEngineCode();
    snapshot = code.snapshot;
    machine = await createMachine(code.wasm, 64, {
      call: () => JSON.stringify({ v: randomUUID() }),
      interrupted: () => performance.now() > until,
      rejections: { rejected: () => {}, handled: () => {} },
    });
    restorer = startFromImage(machine, snapshot.image);
  });

  test.each([
    '',
    'context.set(context.get("a"), [1, { b: "c" }]); console.log("%s", Math.random());',
    'throw new Error("x".repeat(100000))',
    'not a script',
    '(function f() { f(); })()',
    'for (;;);',
    'for (var a = [], i = 0; i < 300; i++) a.push(new Uint8Array(10000).fill(i)); a.sort(); a.reverse();',
    'for (var i = 0; i < 60000; i++) { var a = { b: [i] }; a.a = a; }',
    'var a = [3.5, "b", null]; a.copyWithin(0, 1); a.length = 4000; a.fill({}); JSON.stringify(a).split(",").join("");',
    'var v = new DataView(new ArrayBuffer(64)); for (var i = 0; i < 56; i++) { v.setFloat64(i, i / 3); v.setInt16(i, i, true); v.setFloat32(i, i); }',
    'new XML.DOMParser; XML.stringify(XML.parse("<a b=\'c\'>d</a>"))',
    'for (var name of ["crypto", "url", "util", "assert", "jose", "jwt", "querystring", "sprintf", "punycode"]) Object.keys(require(name));',
    '"a1b2".replace(/[a-z](?=\\d)/g, (m) => m.toUpperCase()); new Map([[{}, 1]]); new WeakMap([[{}, 1]]); new Set("abc");',
    '(async () => { for (let i = 0; i < 100; i++) await i; throw 1; })(); Promise.reject(2); setTimeout(() => {}, 1);',
    'Function("this.leak = 1; var x = 2")(); (0, eval)("var y = 3"); class A extends Array {} ; new A(5);',
    'try { Buffer.leak = 1 } catch (e) {} try { require("crypto").leak = Buffer.alloc(5000, "leak") } catch (e) {}',
  ])('%s', (script) => {
    for (let round = 0; round < 2; round += 1) runAndRestore(script);
  });

  test('twenty random scripts, one after the other', { timeout: 30_000 }, () => {
    for (let i = 0; i < 20; i += 1) runAndRestore(randomScript(), 50);
  });

  function runAndRestore(script: string, milliseconds = 300): void {
    const { runtime, vm, memory, slots } = machine;
    until = performance.now() + milliseconds;
    const compiled = vm.evalCode(...asFunction(script), { strict: true });
    if (!compiled.error) vm.callFunction(slots.run, vm.undefined, compiled.value);
    runtime.executePendingJobs();
    expect(changedPages(memory.memory, snapshot.image).length).toBeGreaterThan(0);
    restorer.restoreMarked();
    expect([script, changedPages(memory.memory, snapshot.image)]).toEqual([script, []]);
  }
});
