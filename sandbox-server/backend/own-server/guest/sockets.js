// What the host tells of the server's clients, handed to the one HTTP server that listens, and of the script's own connections.

/** @returns take: gets one event from the host and hands it over; the rest is for the module `ws` */
export function createSockets({ host, bytes, Buffer }) {
  let server = null;
  let handleOwn = () => {};
  return {
    host,
    Buffer,
    /** Who takes what is told of the connections that the script has opened itself. */
    onOwn(handle) {
      handleOwn = handle;
    },
    /** Throws where the script listens already. */
    listen(listening) {
      host.call('listen');
      server = listening;
    },
    unlisten() {
      host.call('unlisten');
    },
    take() {
      const event = host.call('event');
      if (event.bytes) event.data = Buffer.from(bytes('payload'));
      // The script's own have numbers below zero.
      if (event.client < 0) handleOwn(event);
      else server?.handle(event);
    },
  };
}
