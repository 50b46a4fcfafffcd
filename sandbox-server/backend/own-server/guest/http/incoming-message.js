// `http.IncomingMessage`: a request, whose body has come whole and is told when the script begins to listen to it.
import EventEmitter from 'events';

export function createIncomingMessageClass({ Buffer, later }) {
  return class IncomingMessage extends EventEmitter {
    #body;
    #encoding = null;
    #begun = false;

    /** @param told the head, as the host has it */
    constructor({ method, url, httpVersion, headers, rawHeaders }, socket, body = Buffer.alloc(0)) {
      super();
      Object.assign(this, { method, url, httpVersion, headers, rawHeaders, socket, connection: socket });
      Object.assign(this, { complete: true, destroyed: false });
      this.#body = body;
    }

    on(name, listener) {
      super.on(name, listener);
      if (name === 'data') this.resume();
      return this;
    }
    addListener(name, listener) {
      return this.on(name, listener);
    }

    setEncoding(encoding = 'utf8') {
      this.#encoding = encoding;
      return this;
    }

    pause() {
      return this;
    }
    resume() {
      if (this.#begun) return this;
      this.#begun = true;
      later(() => {
        if (this.destroyed) return;
        if (this.#body.length > 0) this.emit('data', this.#piece());
        this.emit('end');
      });
      return this;
    }

    pipe(target) {
      this.on('data', (piece) => target.write(piece));
      this.on('end', () => target.end());
      return target;
    }

    async *[Symbol.asyncIterator]() {
      this.#begun = true;
      if (this.#body.length > 0) yield this.#piece();
    }

    destroy() {
      this.destroyed = true;
      this.socket.destroy();
      return this;
    }

    #piece() {
      return this.#encoding === null ? this.#body : this.#body.toString(this.#encoding);
    }
  };
}
