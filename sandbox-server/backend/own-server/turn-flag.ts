// How the host sees from outside which server's turn it is in a thread, also while the thread can answer nothing.

export type TurnFlag = Int32Array<SharedArrayBuffer>;
const SERVER = 0;
const TURN = 1;

export function createTurnFlag(): TurnFlag {
  return new Int32Array(new SharedArrayBuffer(8));
}

/** The thread's end. Numbers of servers begin with 1. */
export function markTurns(flag: TurnFlag): { begin(server: number): void; end(): void } {
  return {
    begin(server) {
      Atomics.add(flag, TURN, 1);
      Atomics.store(flag, SERVER, server);
    },
    end: () => void Atomics.store(flag, SERVER, 0),
  };
}

/** The host's end: `null` where no script runs just now. */
export function currentTurn(flag: TurnFlag): { server: number; turn: number } | null {
  const turn = Atomics.load(flag, TURN);
  const server = Atomics.load(flag, SERVER);
  return server === 0 ? null : { server, turn };
}
