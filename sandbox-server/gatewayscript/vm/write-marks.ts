// Rewrites the QuickJS module so that whatever it writes into its memory leaves a mark: then only what a run has changed is put back.

import {
  createReader,
  leb,
  name,
  type Reader,
  readSections,
  withEntry,
  writeSections,
} from './wasm-binary.ts';
import { skipInstruction } from './wasm-instruction.ts';

/** Bytes of memory that one mark stands for, as a power of two. */
export const LINE_BITS = 8;
/** Module and name under which the memory of the marks is imported: one byte a line, 1 where it was written to. */
export const MARKS = { module: 'lab', name: 'marks' } as const;

const [TYPES, IMPORTS, FUNCTIONS, CODE] = [1, 2, 3, 10];
const KIND_MEMORY = 2;
const HAS_MAXIMUM = 1;
const [I32, I64, F32, F64] = [0x7f, 0x7e, 0x7d, 0x7c] as const;
const [LOCAL_GET, LOCAL_SET, LOCAL_TEE, I32_CONST, I32_ADD, I32_SUB, I32_SHR_U] = [
  0x20, 0x21, 0x22, 0x41, 0x6a, 0x6b, 0x76,
] as const;

interface Store {
  type: number;
  log2: number;
}

/** Opcodes that write, with the type of what they write and the power of two of its bytes (WebAssembly Core §5.4.6). */
const STORES = new Map<number, Store>([
  [0x36, { type: I32, log2: 2 }],
  [0x37, { type: I64, log2: 3 }],
  [0x38, { type: F32, log2: 2 }],
  [0x39, { type: F64, log2: 3 }],
  [0x3a, { type: I32, log2: 0 }],
  [0x3b, { type: I32, log2: 1 }],
  [0x3c, { type: I64, log2: 0 }],
  [0x3d, { type: I64, log2: 1 }],
  [0x3e, { type: I64, log2: 2 }],
]);
const BULK = 0xfc;
const [MEMORY_INIT, MEMORY_COPY, MEMORY_FILL] = [8, 10, 11];

/** From an address on the stack to its line. */
const LINE = [I32_CONST, LINE_BITS, I32_SHR_U];
/** `i32.store8` of 1 to memory 1, at the line that lies on the stack. */
const STORE_MARK = [I32_CONST, 1, 0x3a, 0x40, 1, 0];
/** `memory.fill` of memory 1: line, value and count lie on the stack. */
const FILL_MARKS = [BULK, MEMORY_FILL, 1];

/**
 * @param wasm a module with one memory, which it imports
 * @param pages of the memory of the marks, in WebAssembly's pages of 64 KiB
 * @throws Error where the module holds an instruction that is not known here: it might write
 */
export function withWriteMarks(wasm: Uint8Array, pages: number): Uint8Array<ArrayBuffer> {
  const sections = readSections(wasm);
  const bodyOf = (id: number | undefined) =>
    createReader(sections.find((each) => each.id === id)?.body ?? new Uint8Array([0]));
  const paramCounts = list(bodyOf(TYPES), readParamCount);
  const functionTypes = list(bodyOf(FUNCTIONS), (reader) => reader.u32());
  const marks = [
    ...name(MARKS.module),
    ...name(MARKS.name),
    KIND_MEMORY,
    HAS_MAXIMUM,
    ...leb(pages),
    ...leb(pages),
  ];
  return writeSections(
    wasm,
    sections.map(({ id, body }) => {
      if (id === IMPORTS) return { id, body: withEntry(body, marks) };
      if (id !== CODE) return { id, body };
      const functions = list(createReader(body), (reader) => reader.bytes(reader.u32()));
      const marked = functions.map((code, i) =>
        markedFunction(code, paramCounts[functionTypes[i] ?? -1] ?? 0),
      );
      const parts = marked.flatMap((code) => [Uint8Array.from(leb(code.length)), code]);
      return { id, body: Buffer.concat([Uint8Array.from(leb(marked.length)), ...parts]) };
    }),
  );
}

function list<T>(reader: Reader, read: (reader: Reader) => T): T[] {
  return Array.from({ length: reader.u32() }, () => read(reader));
}

/** Of a function type (§5.3.6). */
function readParamCount(reader: Reader): number {
  if (reader.byte() !== 0x60) throw new Error('a type is no function type');
  const count = reader.u32();
  reader.bytes(count);
  reader.bytes(reader.u32());
  return count;
}

/** One function's locals and code (§5.5.13): five locals more, and marks before whatever writes. */
function markedFunction(code: Uint8Array, params: number): Uint8Array {
  const reader = createReader(code);
  const groups = list(reader, (each) => ({ count: each.u32(), type: each.byte() }));
  const first = params + groups.reduce((sum, { count }) => sum + count, 0);
  const extra = [I32, I32, I32, I64, F32, F64];
  const local = {
    address: first,
    [I32]: first + 1,
    source: first + 2,
    [I64]: first + 3,
    [F32]: first + 4,
    [F64]: first + 5,
  };
  const out = [
    ...leb(groups.length + extra.length),
    ...groups.flatMap(({ count, type }) => [...leb(count), type]),
    ...extra.flatMap((type) => [1, type]),
  ];
  while (!reader.done) {
    const start = reader.at;
    skipInstruction(reader);
    const instruction = code.subarray(start, reader.at);
    for (const byte of marksBefore(instruction, local)) out.push(byte);
    for (const byte of instruction) out.push(byte);
  }
  return Uint8Array.from(out);
}

/** Numbers of the locals that were added; those for values stand under their types. */
interface Locals {
  address: number;
  source: number;
  [type: number]: number;
}

/** Code that marks what the instruction is about to write, and leaves the stack as it was; nothing for one that does not write. */
function marksBefore(instruction: Uint8Array, local: Locals): readonly number[] {
  const [opcode = 0, second = 0] = instruction;
  const store = STORES.get(opcode);
  if (store) return marksBeforeStore(instruction, store, local);
  const isBulk = opcode === BULK && [MEMORY_INIT, MEMORY_COPY, MEMORY_FILL].includes(second);
  return isBulk ? marksBeforeBulk(local) : NOTHING;
}

const NOTHING: readonly number[] = [];
const get = (index: number) => [LOCAL_GET, ...leb(index)];
const set = (index: number) => [LOCAL_SET, ...leb(index)];

/** On the stack: address and value. */
function marksBeforeStore(instruction: Uint8Array, { type, log2 }: Store, local: Locals): number[] {
  const immediates = createReader(instruction.subarray(1));
  const align = immediates.u32();
  const offset = immediates.u32();
  const value = local[type] ?? 0;
  const markAt = (more: number) => [
    ...(more === 0 ? [] : [I32_CONST, ...signedLeb(more), I32_ADD]),
    ...LINE,
    ...STORE_MARK,
  ];
  return [
    ...set(value),
    ...[LOCAL_TEE, ...leb(local.address), ...markAt(offset)],
    // What is not aligned can lie in two lines.
    ...(align < log2 ? [...get(local.address), ...markAt(offset + 2 ** log2 - 1)] : []),
    ...[...get(local.address), ...get(value)],
  ];
}

/** On the stack: address, source or value, count of bytes. */
function marksBeforeBulk(local: Locals): number[] {
  const [address, source, count] = [local.address, local.source, local[I32] ?? 0];
  const line = [...get(address), ...LINE];
  return [
    ...[...set(count), ...set(source), ...set(address)],
    ...[...line, I32_CONST, 1],
    // Up to and with the line of the byte behind the last: one too many at most.
    ...[...get(address), ...get(count), I32_ADD, ...LINE, ...line, I32_SUB, I32_CONST, 1, I32_ADD],
    ...FILL_MARKS,
    ...[...get(address), ...get(source), ...get(count)],
  ];
}

/** A number that is not negative, as the signed LEB128 of `i32.const`. */
function signedLeb(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (;;) {
    const low = rest & 0x7f;
    rest = Math.floor(rest / 128);
    if (rest === 0 && low < 0x40) return [...bytes, low];
    bytes.push(low | 0x80);
  }
}
