// The rewritten module does what it did, and marks each line that it writes to, of whatever width and at whatever place.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LINE_BITS, withWriteMarks } from './write-marks.ts';

const I32 = 0x7f;
const I64 = 0x7e;
const F32 = 0x7d;
const F64 = 0x7c;
const PAGES = 2;
const SIZE = PAGES * 65_536;

/** A module that imports a memory and exports `write`, whose code takes its parameters in order and then does the instruction. */
function moduleOf(params: readonly number[], instruction: readonly number[]): Uint8Array {
  const section = (id: number, body: readonly number[]) => [id, body.length, ...body];
  const code = [0, ...params.flatMap((_, i) => [0x20, i]), ...instruction, 0x0b];
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, [1, 0x60, params.length, ...params, 0]),
    ...section(2, [1, 1, 0x61, 1, 0x6d, 2, 0, PAGES]),
    ...section(3, [1, 0]),
    ...section(7, [1, 1, 0x77, 0, 0]),
    ...section(10, [1, code.length, ...code]),
  ]);
}

function instantiate(bytes: Uint8Array) {
  const memory = new WebAssembly.Memory({ initial: PAGES });
  const marks = new WebAssembly.Memory({ initial: 1, maximum: 1 });
  const module = new WebAssembly.Module(withWriteMarks(bytes, 1));
  const { exports } = new WebAssembly.Instance(module, { a: { m: memory }, lab: { marks } });
  const { w } = exports;
  if (typeof w !== 'function') throw new Error('the module exports no function');
  return {
    write: (...args: (number | bigint)[]) => w(...args),
    bytes: new Uint8Array(memory.buffer),
    marks: new Uint8Array(marks.buffer),
  };
}

const linesOf = (address: number, count: number) =>
  count === 0
    ? []
    : Array.from(
        { length: ((address + count - 1) >> LINE_BITS) - (address >> LINE_BITS) + 1 },
        (_, i) => (address >> LINE_BITS) + i,
      );
const marked = (marks: Uint8Array) => [...marks.keys()].filter((line) => marks[line] !== 0);

describe('a store', () => {
  test.each([
    ['i32.store', 0x36, I32, 4, 2],
    ['i64.store', 0x37, I64, 8, 3],
    ['f32.store', 0x38, F32, 4, 2],
    ['f64.store', 0x39, F64, 8, 3],
    ['i32.store8', 0x3a, I32, 1, 0],
    ['i32.store16', 0x3b, I32, 2, 1],
    ['i64.store8', 0x3c, I64, 1, 0],
    ['i64.store16', 0x3d, I64, 2, 1],
    ['i64.store32', 0x3e, I64, 4, 2],
  ])('%s', (_name, opcode, type, width, align) => {
    const value = type === I64 ? -1n : -1;
    for (const offset of [0, 64, 127]) {
      const unaligned = moduleOf([I32, type], [opcode, 0, offset]);
      const aligned = moduleOf([I32, type], [opcode, align, offset]);
      fc.assert(
        fc.property(fc.nat(SIZE - 256), (address) => {
          const any = instantiate(unaligned);
          any.write(address, value);
          expect(marked(any.marks)).toEqual(linesOf(address + offset, width));
          expect(any.bytes[address + offset]).not.toBe(type === F32 || type === F64 ? 1 : 0);

          const even = address - ((address + offset) % width);
          if (even < 0) return;
          const whole = instantiate(aligned);
          whole.write(even, value);
          expect(marked(whole.marks)).toEqual(linesOf(even + offset, width));
        }),
        { numRuns: 20 },
      );
    }
  });
});

describe('bulk memory', () => {
  const range = fc.record({
    address: fc.nat(SIZE - 2_000),
    other: fc.nat(SIZE - 2_000),
    count: fc.nat(1_999),
  });

  test.each([
    ['memory.fill', [0xfc, 11, 0]],
    ['memory.copy', [0xfc, 10, 0, 0]],
  ])('%s', (_name, instruction) => {
    fc.assert(
      fc.property(range, ({ address, other, count }) => {
        const { write, marks } = instantiate(moduleOf([I32, I32, I32], instruction));
        write(address, other, count);
        const lines = marked(marks);
        expect(lines).toEqual(expect.arrayContaining(linesOf(address, count)));
        expect(lines.length).toBeLessThanOrEqual(linesOf(address, count).length + 1);
      }),
      { numRuns: 50 },
    );
  });
});

test('an instruction that is not known is refused, as it might write', () => {
  expect(() => withWriteMarks(moduleOf([I32], [0xfd, 11, 0, 0]), 1)).toThrow(
    'the WebAssembly instruction 0xfd 253 is not known here',
  );
});
