// The way out to one side: whole frames, one after the other, at the side's own pace, and at most one Close frame.

export interface OutletOptions {
  /** Writes a frame; `false` where the side wants no more for now. */
  write(frame: Buffer): boolean;
  end(): void;
  /** Whether the side still takes bytes. */
  open(): boolean;
}

export interface Outlet {
  /** Settles when the side takes more, or is gone. */
  send(frame: Buffer): Promise<void>;
  /** As `send`, for a Close frame: after it nothing more goes out (RFC 6455 §5.5.1). */
  close(frame: Buffer): Promise<void>;
  /** Whether a Close frame has been given to it. */
  closing(): boolean;
  end(): void;
  /** The side takes more, or is gone. */
  goOn(): void;
}

export function createOutlet({ write, end, open }: OutletOptions): Outlet {
  let closing = false;
  let ended = false;
  let waiting: (() => void)[] = [];

  async function send(frame: Buffer): Promise<void> {
    if (closing || ended || !open()) return;
    if (write(frame)) return;
    await new Promise<void>((resolve) => waiting.push(resolve));
  }

  function goOn(): void {
    const resolves = waiting;
    waiting = [];
    for (const resolve of resolves) resolve();
  }

  return {
    send,
    close(frame) {
      const sent = send(frame);
      closing = true;
      return sent;
    },
    closing: () => closing,
    end() {
      if (ended) return;
      ended = true;
      goOn();
      if (open()) end();
    },
    goOn,
  };
}
