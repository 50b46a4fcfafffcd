// An open connection of websocat: lines in, messages out, until both directions have ended.
import { once } from 'node:events';
import type { TLSSocket } from 'node:tls';
import { createMessageReader, type ReadItem } from '../../gateway/tunnel/messages/message-reader.ts';
import { OPCODE, writeFrame } from '../../gateway/tunnel/messages/write-frame.ts';
import type { CommandIo } from '../command.ts';
import type { WebsocatOptions } from './options.ts';
import { createPinger } from './pinger.ts';

export interface Conversation {
  socket: TLSSocket;
  /** What came behind the head of the answer. */
  rest: Buffer;
  options: WebsocatOptions;
  io: CommandIo;
  /** Bytes of the largest message that it puts together. */
  maxMessageBytes: number;
}

/** The forward direction is from the reader to the gateway, as its lines have it. Gives the exit code; the socket is gone then. */
export function converse({ socket, rest, options, io, maxMessageBytes }: Conversation): Promise<number> {
  const exit = Promise.withResolvers<number>();
  const over = new AbortController();
  const info = (text: string) => {
    if (options.verbose) io.stderr(`[INFO  websocat::${text}\n`);
  };
  const send = (opcode: number, payload: Buffer) => socket.write(writeFrame(opcode, payload, true));
  const pinger = createPinger(options.pingInterval, (payload) => {
    info('ws_peer] Sending WebSocket ping');
    send(OPCODE.ping, payload);
  });
  const reader = createMessageReader({
    masked: false,
    maxBytes: maxMessageBytes,
    textOnly: false,
    lossBytes: null,
  });
  const decoder = new TextDecoder();
  const done = { forward: false, reverse: false };

  function end(code: number): void {
    if (over.signal.aborted) return;
    over.abort(new Error('ended'));
    pinger.stop();
    exit.resolve(code);
  }

  function fail(fault: string): void {
    if (over.signal.aborted) return;
    io.stderr(`websocat: WebSocketError: ${fault}\nwebsocat: error running\n`);
    end(1);
  }

  function finish(direction: 'forward' | 'reverse'): void {
    if (done[direction]) return;
    done[direction] = true;
    info(`sessionserve] ${direction === 'forward' ? 'Forward' : 'Reverse'} finished`);
    if (direction === 'forward' && !options.noClose && socket.writable) send(OPCODE.close, Buffer.alloc(0));
    if (!(done.forward && done.reverse)) return;
    info('sessionserve] Both directions finished');
    end(0);
  }

  /** A message as the reader's terminal gets it: in line mode one line each, whatever is in it. */
  function print(payload: Buffer): void {
    if (options.binary) io.stdout(decoder.decode(payload, { stream: true }));
    else
      io.stdout(
        `${payload
          .toString('utf8')
          .replace(/\r?\n?$/, '')
          .replace(/[\r\n]/g, ' ')}\n`,
      );
  }

  function answerPing(payload: Buffer): void {
    info('ws_peer] Received WebSocket ping');
    if (socket.writable) send(OPCODE.pong, payload);
  }

  function tellPong(payload: Buffer): void {
    const roundTrip = pinger.roundTrip(payload);
    if (roundTrip !== null) info(`ws_peer] Received a pong from websocket; RTT = ${roundTrip}`);
    else io.stderr('[WARN  websocat::ws_peer] Received a pong with a strange content from websocket\n');
  }

  function takeMessage(payload: Buffer): void {
    // It reads an empty message as the end of the stream.
    if (payload.length > 0) print(payload);
    if (payload.length === 0 || options.oneMessage) finish('reverse');
  }

  function takeClose(): void {
    info('ws_peer] Received WebSocket close message');
    pinger.stop();
    if (!done.forward)
      io.note('The other side has closed. websocat waits for its input to end: press Ctrl-D.\n');
    finish('reverse');
  }

  function take(item: ReadItem): void {
    if (item.kind === 'message') takeMessage(item.payload);
    else if (item.kind === 'close') takeClose();
    else if (item.kind === 'fault') fail(item.reason);
    else if (item.kind === 'control' && item.opcode === OPCODE.ping) answerPing(item.payload);
    else if (item.kind === 'control') tellPong(item.payload);
  }

  function receive(chunk: Buffer): void {
    // With the reverse direction finished it reads no more.
    for (const item of reader.read(chunk)) if (!done.reverse && !over.signal.aborted) take(item);
    if (!io.behind()) return;
    socket.pause();
    void io.caughtUp().then(() => socket.resume());
  }

  async function forward(): Promise<void> {
    const input = options.binary ? io.input.chunks(over.signal) : io.input.lines(over.signal);
    for await (const text of input) {
      if (!socket.writable) return fail('I/O failure');
      if (!send(options.binary ? OPCODE.binary : OPCODE.text, Buffer.from(text, 'utf8')))
        await once(socket, 'drain', { signal: over.signal });
      if (options.oneMessage) break;
    }
    finish('forward');
  }

  // Ctrl-C ends the program where it is; the connection is cut, without a Close frame.
  const interrupt = () => end(130);
  io.signal.addEventListener('abort', interrupt, { once: true });
  socket.on('error', () => fail('I/O failure'));
  socket.on('data', receive);
  socket.once('close', () => {
    if (!done.reverse && !over.signal.aborted) {
      info('ws_peer] incoming None');
      pinger.stop();
      if (!done.forward)
        io.note('The connection is gone. websocat waits for its input to end: press Ctrl-D.\n');
      finish('reverse');
    }
  });
  receive(rest);
  socket.resume();
  forward().catch(() => {
    // Only an end that was told elsewhere stops it.
  });
  if (io.signal.aborted) interrupt();
  return exit.promise.finally(() => {
    io.signal.removeEventListener('abort', interrupt);
    if (io.signal.aborted) socket.destroy();
    else socket.destroySoon();
  });
}
