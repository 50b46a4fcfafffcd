// Where an instruction of WebAssembly ends: all of the first edition's, sign extension, saturating conversion and bulk memory.
import type { Reader } from './wasm-binary.ts';

type Skip = (reader: Reader) => void;

const none: Skip = () => {};
const one: Skip = (reader) => reader.skipLeb();
const two: Skip = (reader) => {
  reader.skipLeb();
  reader.skipLeb();
};
const branchTable: Skip = (reader) => {
  for (let labels = reader.u32() + 1; labels > 0; labels -= 1) reader.skipLeb();
};

/** What follows an opcode, from the first to the last of each row (WebAssembly Core §5.4). */
const ROWS: readonly (readonly [first: number, last: number, skip: Skip])[] = [
  // unreachable, nop; block, loop, if with their types; else, end
  [0x00, 0x01, none],
  [0x02, 0x04, one],
  [0x05, 0x05, none],
  [0x0b, 0x0b, none],
  // br, br_if, br_table, return, call, call_indirect
  [0x0c, 0x0d, one],
  [0x0e, 0x0e, branchTable],
  [0x0f, 0x0f, none],
  [0x10, 0x10, one],
  [0x11, 0x11, two],
  // drop, select; locals and globals
  [0x1a, 0x1b, none],
  [0x20, 0x24, one],
  // loads and stores with alignment and offset; memory.size, memory.grow
  [0x28, 0x3e, two],
  [0x3f, 0x40, one],
  // constants
  [0x41, 0x42, one],
  [0x43, 0x43, (reader) => reader.bytes(4)],
  [0x44, 0x44, (reader) => reader.bytes(8)],
  // numeric, sign extension among them
  [0x45, 0xc4, none],
];

/** What follows the second part of opcode 0xfc: saturating conversions; memory.init, data.drop, memory.copy, memory.fill. */
const BULK_ROWS: typeof ROWS = [
  [0, 7, none],
  [8, 8, two],
  [9, 9, one],
  [10, 10, two],
  [11, 11, one],
];

const byNumber = (rows: typeof ROWS) =>
  Array.from(
    { length: 256 },
    (_, number) => rows.find(([first, last]) => number >= first && number <= last)?.[2],
  );
const OPCODES = byNumber(ROWS);
const BULK_OPCODES = byNumber(BULK_ROWS);

/**
 * Passes the instruction that begins where the reader stands.
 * @throws Error at an instruction that is none of these
 */
export function skipInstruction(reader: Reader): void {
  const opcode = reader.byte();
  const [skips, number] = opcode === 0xfc ? [BULK_OPCODES, reader.u32()] : [OPCODES, opcode];
  const skip = skips[number];
  if (!skip)
    throw new Error(`the WebAssembly instruction 0x${opcode.toString(16)} ${number} is not known here`);
  skip(reader);
}
