// Stands between tunnel and target where messages matter: puts them together, has them decided on, and writes them out again.
import { Duplex } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { CUT_SENTENCE, type HeldBytes, UNCOUNTED_BYTES } from '../../held-bytes.ts';
import { type CloseFrame, type FrameTelling, watchFrames } from '../watch.ts';
import { createLostMessages, type Sender } from './lost-messages.ts';
import { createMessageReader, type WholeMessage } from './message-reader.ts';
import type { MessageHandler, MessageRules } from './message-rules.ts';
import { createOutlet } from './outlet.ts';
import { closePayload, OPCODE, writeFrame } from './write-frame.ts';

export interface MessageLayerOptions {
  client: Duplex;
  target: Duplex;
  /** What came from the target after its handshake. */
  targetHead: Buffer;
  rules: MessageRules;
  /** Bytes of the largest message. */
  maxBytes: number;
  telling: FrameTelling;
  /** What has come of a message that is not whole is on its account. */
  held: HeldBytes;
}

export interface MessageLayer {
  /** In the target's place: the client's frames are written to it, the client's answer is read from it. */
  stream: Duplex;
  /** The Close frame that the client got where the gateway itself has ended the connection; `null` where a side had closed before. */
  ownClose(): CloseFrame | null;
}

/** A chunk may hold ten thousand tiny frames: other connections get their turn in between. */
const ITEMS_PER_TURN = 200;

/** Milliseconds that both sides have to close after the gateway's Close frames. */
const LINGER_MS = 5_000;

/**
 * One message a direction is under way at a time; while it is, nothing more is read of that direction, so that a flood waits in its
 * sender. A message goes out as one frame, however it came in (lab's choice); control frames keep their place. Ends as a target does:
 * its half-closes, ends and resets pass both ways, and when it is closed the target is.
 */
export function createMessageLayer(options: MessageLayerOptions): MessageLayer {
  const { client, target, rules, maxBytes, telling, held } = options;
  const { emit } = telling;
  const { textOnly, lossBytes } = rules;
  const lost = createLostMessages(lossBytes, emit);
  const limits = { maxBytes, textOnly, lossBytes };
  const watched = { ...telling, compression: false, onClose() {} };
  const toTarget = watchFrames({ ...watched, direction: 'gateway-to-target' });
  const ofTarget = watchFrames({ ...watched, direction: 'target-to-gateway' });
  let closedHere = false;
  let ownClose: CloseFrame | null = null;
  let linger: NodeJS.Timeout | undefined;

  const stream = new Duplex({
    read: () => clientSide.goOn(),
    write: (chunk: Buffer, _encoding, done) => void carry('client', chunk).then(() => done(), done),
    final(done) {
      targetSide.end();
      done();
    },
    destroy(error, done) {
      clientSide.goOn();
      targetSide.goOn();
      if (target.closed) return done(error);
      target.once('close', () => done(error));
      // After the gateway's own Close frame the target may still read it: it ends by itself, or when the time is over.
      if (error || !closedHere) target.destroy(error ?? undefined);
    },
  });

  const clientSide = createOutlet({
    write: (frame) => stream.push(frame),
    end: () => stream.push(null),
    open: () => !stream.destroyed,
  });
  const targetSide = createOutlet({
    write(frame) {
      toTarget.push(frame);
      return target.write(frame);
    },
    end: () => target.end(),
    open: () => !target.destroyed && !target.writableEnded,
  });
  const sides = {
    client: {
      reader: createMessageReader({ masked: true, ...limits }),
      handler: rules.fromClient,
      outlet: targetSide,
      masked: true,
    },
    target: {
      reader: createMessageReader({ masked: false, ...limits }),
      handler: rules.fromTarget,
      outlet: clientSide,
      masked: false,
    },
  };

  /** Settles when all that the chunk completes has gone out. */
  async function carry(sender: Sender, chunk: Buffer): Promise<void> {
    if (closedHere) return;
    const { reader, handler, outlet, masked } = sides[sender];
    const send = (opcode: number, payload: Uint8Array) => outlet.send(writeFrame(opcode, payload, masked));
    let items = 0;
    for (const item of reader.read(chunk)) {
      items += 1;
      if (items % ITEMS_PER_TURN === 0) await nextTurn();
      if (closedHere || stream.destroyed) return;
      if (item.kind === 'lost') lost.add(sender, item);
      else if (item.kind === 'control') await send(item.opcode, item.payload);
      else if (item.kind === 'close') await outlet.close(writeFrame(OPCODE.close, item.payload, masked));
      else if (item.kind === 'fault')
        close(sender, item.code, item.reason, `The ${sender} breaks the protocol: ${item.reason}.`);
      else await pass(sender, item, handler, send);
    }
    hold(sender, reader.unfinishedBytes());
  }

  function cut(): void {
    emit({ type: 'gateway-log', level: 'warn', code: null, text: CUT_SENTENCE });
    stream.destroy(new Error(CUT_SENTENCE));
  }
  /** One for each sender. */
  const accounts = { client: { cut }, target: { cut } };
  function hold(sender: Sender, bytes: number): void {
    held.set(accounts[sender], bytes > UNCOUNTED_BYTES && !stream.destroyed ? bytes : 0);
  }

  async function pass(
    sender: Sender,
    message: WholeMessage,
    handler: MessageHandler | null,
    send: (opcode: number, payload: Uint8Array) => Promise<void>,
  ): Promise<void> {
    const opcode = message.text ? OPCODE.text : OPCODE.binary;
    const verdict = handler ? await handler(message) : { kind: 'pass' as const, payload: message.payload };
    if (closedHere || stream.destroyed) return;
    if (verdict.kind === 'pass') await send(opcode, verdict.payload);
    else close(sender, verdict.code, verdict.reason, verdict.why);
  }

  /** The sender of what cannot go on gets the code; the other side 1001, since for it the gateway goes away (lab's choice). */
  function close(sender: Sender, code: number, reason: string, why: string): void {
    closedHere = true;
    const text = `${why} The gateway closes the connection; the ${sender} gets ${code}.`;
    emit({ type: 'gateway-log', level: 'error', code: null, text });
    const codeFor = (side: Sender) => (side === sender ? code : 1001);
    const frameFor = (side: Sender) =>
      writeFrame(OPCODE.close, closePayload(codeFor(side), reason), side === 'target');
    if (!clientSide.closing() && !targetSide.closing()) ownClose = { code: codeFor('client'), reason };
    void clientSide.close(frameFor('client'));
    void targetSide.close(frameFor('target'));
    clientSide.end();
    targetSide.end();
    linger = setTimeout(() => {
      client.destroy();
      target.destroy();
    }, LINGER_MS);
  }

  let tail = Promise.resolve();
  let pending = 0;
  function fromTarget(chunk: Buffer): void {
    target.pause();
    ofTarget.push(chunk);
    pending += 1;
    tail = tail
      .then(() => carry('target', chunk))
      .then(() => {
        pending -= 1;
        if (pending === 0) target.resume();
      })
      .catch((error: Error) => void stream.destroy(error));
  }

  function onTargetEnd(): void {
    void tail.then(() => clientSide.end());
  }
  function onTargetClose(): void {
    if (!target.readableEnded) stream.destroy();
    // Nobody is left to read what the client still says.
    else void tail.then(() => stream.end());
  }
  function onceOver(): void {
    if (client.closed && target.closed) clearTimeout(linger);
  }

  target.on('data', fromTarget).on('drain', () => targetSide.goOn());
  target.on('error', (error) => stream.destroy(error)).once('close', () => targetSide.goOn());
  for (const side of [client, target]) side.once('close', onceOver);
  stream.once('close', () => {
    hold('client', 0);
    hold('target', 0);
    toTarget.end();
    ofTarget.end();
    lost.end();
    rules.ended();
  });
  // It may have ended between its handshake and now.
  if (target.readableEnded) onTargetEnd();
  else target.once('end', onTargetEnd);
  if (target.closed) process.nextTick(onTargetClose);
  else target.once('close', onTargetClose);
  if (options.targetHead.length > 0) fromTarget(options.targetHead);
  else target.resume();

  return { stream, ownClose: () => ownClose };
}
