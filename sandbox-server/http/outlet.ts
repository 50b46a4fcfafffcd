// Sends on a socket, and knows how much of it still waits in this process.
import { WebSocket } from 'ws';

export interface Outlet {
  send(text: string): void;
  /** Bytes that the kernel has not taken. */
  waiting(): number;
  /** Whether more waits than shall. */
  behind(): boolean;
  /** Resolves when no more waits than half of what may, or the socket is gone. */
  caughtUp(): Promise<void>;
}

export function createOutlet(socket: WebSocket, maxWaitingBytes: number): Outlet {
  const gone = () => socket.readyState !== WebSocket.OPEN;
  const waiting = () => socket.bufferedAmount;
  let sleepers: (() => void)[] = [];

  function wake(): void {
    if (!gone() && waiting() > maxWaitingBytes / 2) return;
    const woken = sleepers;
    sleepers = [];
    for (const wakeOne of woken) wakeOne();
  }
  socket.once('close', wake);

  return {
    send(text) {
      // Called when the bytes are with the kernel, or will never be.
      if (!gone()) socket.send(text, wake);
    },
    waiting,
    behind: () => !gone() && waiting() > maxWaitingBytes,
    caughtUp() {
      return new Promise((resolve) => {
        sleepers.push(resolve);
        wake();
      });
    },
  };
}
