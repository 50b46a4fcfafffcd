// Clients in ping-pong: each sends its next message when the answer to the last has come.
import type { Socket } from 'node:net';
import { percentile } from '../percentile.ts';
import { ANSWER, textFrame } from './client.ts';

export interface Round {
  /** Answers a second, of all clients. */
  perSecond: number;
  /** Milliseconds from a message to its answer. */
  p99: number;
}

/** Settles when all clients have their last answer. Throws where an answer is not the one that must come. */
export async function pingPong(sockets: readonly Socket[], ms: number): Promise<Round> {
  const samples: number[] = [];
  const startedAt = performance.now();
  const until = startedAt + ms;
  await Promise.all(sockets.map((socket) => play(socket, until, samples)));
  const seconds = (performance.now() - startedAt) / 1_000;
  return { perSecond: samples.length / seconds, p99: percentile(samples, 0.99) };
}

function play(socket: Socket, until: number, samples: number[]): Promise<void> {
  const frame = textFrame();
  return new Promise((resolve, reject) => {
    let came = 0;
    let sentAt = performance.now();
    function onData(chunk: Buffer): void {
      if (ANSWER.compare(chunk, 0, chunk.length, came, came + chunk.length) !== 0)
        return void socket.destroy(new Error(`a wrong answer: ${chunk.toString('latin1')}`));
      came += chunk.length;
      if (came < ANSWER.length) return;
      came = 0;
      const now = performance.now();
      samples.push(now - sentAt);
      sentAt = now;
      if (now < until) return void socket.write(frame);
      socket.off('data', onData).off('close', onClose);
      resolve();
    }
    const onClose = () => reject(socket.errored ?? new Error('a connection was lost in ping-pong'));
    socket.on('data', onData).on('close', onClose);
    socket.write(frame);
  });
}
