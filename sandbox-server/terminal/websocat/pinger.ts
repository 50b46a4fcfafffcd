// Pings each so many seconds, and how long each pong took: websocat writes the time of sending into the ping.

export interface Pinger {
  /** Of a pong's payload, as Rust shows a `Duration`; `null` for a payload that is not from here. */
  roundTrip(payload: Buffer): string | null;
  stop(): void;
}

/** `send` gets a ping's payload: seconds (8 bytes) and nanoseconds (4 bytes) since the connection was open. `seconds` of `null` means no pings. */
export function createPinger(seconds: number | null, send: (payload: Buffer) => void): Pinger {
  const origin = performance.now();
  const timer =
    seconds === null
      ? undefined
      : setInterval(() => {
          const nanoseconds = BigInt(Math.round((performance.now() - origin) * 1e6));
          const payload = Buffer.alloc(12);
          payload.writeBigUInt64BE(nanoseconds / 1_000_000_000n, 0);
          payload.writeUInt32BE(Number(nanoseconds % 1_000_000_000n), 8);
          send(payload);
        }, seconds * 1_000);
  return {
    roundTrip(payload) {
      if (payload.length !== 12) return null;
      const sent = Number(payload.readBigUInt64BE(0)) * 1e3 + payload.readUInt32BE(8) / 1e6;
      const ms = Math.max(0, performance.now() - origin - sent);
      return ms < 1_000 ? `${Number(ms.toFixed(6))}ms` : `${Number((ms / 1e3).toFixed(9))}s`;
    },
    stop: () => clearInterval(timer),
  };
}
