// Reads one direction's bytes as messages: frames put together, control frames in between, and every rule of RFC 6455 §5 that a receiver checks.
import { isUtf8 } from 'node:buffer';
import { type FrameHead, faultOfHead, faultOfMask, HeadReader } from '../frame-head.ts';
import { faultOfClose } from './close-frame.ts';
import { createGrowingBytes, type GrowingBytes } from './growing-bytes.ts';
import { OPCODE } from './write-frame.ts';

export interface WholeMessage {
  kind: 'message';
  text: boolean;
  payload: Buffer;
}

/** The direction is over: the code is the one that its sender gets (RFC 6455 §7.4.1). */
export interface Fault {
  kind: 'fault';
  code: number;
  reason: string;
}

/** A message that the gateway's switches do not let through; its payload was never kept. */
export interface LostMessage {
  kind: 'lost';
  why: 'binary' | 'size';
  bytes: number;
}

export type ReadItem =
  | WholeMessage
  | LostMessage
  /** A ping or pong. */
  | { kind: 'control'; opcode: number; payload: Buffer }
  | { kind: 'close'; payload: Buffer }
  | Fault;

export interface MessageReaderOptions {
  /** A client's frames must be masked, a server's must not be. */
  masked: boolean;
  /** Bytes of the largest message that is put together; a larger one is a fault with 1009. */
  maxBytes: number;
  /** Binary messages are lost. */
  textOnly: boolean;
  /** Messages of more bytes are lost; `null` where all pass. */
  lossBytes: number | null;
}

export interface MessageReader {
  /** What a chunk completes, in order. After a Close frame or a fault there is nothing more, whatever comes. */
  read(chunk: Buffer): Generator<ReadItem, void, undefined>;
  /** Bytes that are kept of a message that is not whole. */
  unfinishedBytes(): number;
}

interface Unfinished {
  text: boolean;
  bytes: number;
  payload: GrowingBytes;
  lost: LostMessage['why'] | null;
}

export function createMessageReader(options: MessageReaderOptions): MessageReader {
  const head = new HeadReader();
  let inHead = true;
  let passed = 0;
  let message: Unfinished | null = null;
  let control: GrowingBytes = createGrowingBytes();
  let over = false;

  /** A new frame begins: whether it may. */
  function begin(found: Readonly<FrameHead>): Fault | null {
    // No extension is ever negotiated where frames are read.
    const broken =
      faultOfHead(found, false) ??
      faultOfMask(found, options.masked) ??
      (found.longForm ? 'a length is not in its shortest form (RFC 6455 §5.2)' : null);
    if (broken !== null) return { kind: 'fault', code: 1002, reason: broken };
    if (found.opcode >= OPCODE.close) {
      control = createGrowingBytes();
      return null;
    }
    if (found.opcode === 0 && !message)
      return { kind: 'fault', code: 1002, reason: 'a continuation without a message (RFC 6455 §5.4)' };
    if (found.opcode !== 0 && message)
      return { kind: 'fault', code: 1002, reason: 'a message begins inside another (RFC 6455 §5.4)' };
    const text = message?.text ?? found.opcode === OPCODE.text;
    message ??= { text, bytes: 0, payload: createGrowingBytes(), lost: null };
    message.bytes += found.length;
    message.lost ??= whyLost(message);
    // What is lost takes no memory, so it needs no limit.
    if (message.lost !== null) message.payload = createGrowingBytes();
    else if (message.bytes > options.maxBytes)
      return { kind: 'fault', code: 1009, reason: `a message has more than ${options.maxBytes} bytes` };
    return null;
  }

  function whyLost({ text, bytes }: Unfinished): LostMessage['why'] | null {
    if (options.textOnly && !text) return 'binary';
    return options.lossBytes !== null && bytes > options.lossBytes ? 'size' : null;
  }

  /** A frame is whole: what it completes. */
  function end({ opcode, fin }: Readonly<FrameHead>): ReadItem | null {
    if (opcode >= OPCODE.close) {
      const payload = control.whole();
      return opcode === OPCODE.close
        ? (faultOfClose(payload) ?? { kind: 'close', payload })
        : { kind: 'control', opcode, payload };
    }
    if (!fin || !message) return null;
    const { text, bytes, lost } = message;
    const payload = message.payload.whole();
    message = null;
    if (lost !== null) return { kind: 'lost', why: lost, bytes };
    if (text && !isUtf8(payload))
      return { kind: 'fault', code: 1007, reason: 'a text message is not UTF-8 (RFC 6455 §8.1)' };
    return { kind: 'message', text, payload };
  }

  function keep(current: Readonly<FrameHead>, bytes: Buffer): void {
    if (current.opcode >= OPCODE.close) control.add(bytes, current.mask, passed);
    else if (message?.lost === null) message.payload.add(bytes, current.mask, passed);
  }

  return {
    unfinishedBytes: () => message?.payload.whole().length ?? 0,
    *read(chunk) {
      let i = 0;
      while (!over && i < chunk.length) {
        if (inHead) {
          i = head.take(chunk, i);
          if (!head.whole) return;
          const fault = begin(head);
          if (fault) {
            over = true;
            yield fault;
            return;
          }
          inHead = false;
          passed = 0;
        }
        const until = Math.min(chunk.length, i + head.length - passed);
        keep(head, chunk.subarray(i, until));
        passed += until - i;
        i = until;
        if (passed < head.length) return;
        inHead = true;
        const item = end(head);
        if (!item) continue;
        over = item.kind === 'fault' || item.kind === 'close';
        yield item;
      }
    },
  };
}
