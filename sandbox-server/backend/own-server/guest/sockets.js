// What the host tells of the server's clients, handed to the one `WebSocketServer` that listens.

/** @returns take: gets one event from the host and hands it over; the rest is for the module `ws` */
export function createSockets({ host, bytes, Buffer }) {
  let server = null;
  return {
    host,
    Buffer,
    /** Throws where the port is another than the one deployed to, or taken. */
    listen(listening, options) {
      host.call('listen', options);
      server = listening;
    },
    unlisten() {
      host.call('unlisten');
    },
    take() {
      const event = host.call('event');
      if (event.bytes) event.data = Buffer.from(bytes('payload'));
      server?.handle(event);
    },
  };
}
