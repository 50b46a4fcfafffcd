// The socket of a request, as far as scripts use it: addresses to read, and an upgrade to refuse by hand.
import EventEmitter from 'events';
import { latin1 } from '../../../../gatewayscript/guest/host.js';

export function createSocketClass({ host, Buffer, later }) {
  return class Socket extends EventEmitter {
    #client;

    constructor(client, remoteAddress) {
      super();
      this.#client = client;
      Object.assign(this, { remoteAddress, remotePort: 0, remoteFamily: 'IPv4', encrypted: false });
      Object.assign(this, { destroyed: false, writable: true });
    }

    /** What is no WebSocket yet may be written to; afterwards it is of no effect. */
    write(data, encoding, callback) {
      if (typeof encoding === 'function') return this.write(data, undefined, encoding);
      if (!this.writable) return false;
      const bytes = typeof data === 'string' ? Buffer.from(data, encoding) : Buffer.from(data);
      host.call('raw', this.#client, latin1(bytes));
      if (callback) later(callback);
      return true;
    }

    end(data, encoding) {
      if (data !== undefined && typeof data !== 'function') this.write(data, encoding);
      if (this.writable) host.call('end', this.#client);
      this.writable = false;
      return this;
    }

    destroy() {
      this.end();
      this.destroyed = true;
      return this;
    }

    setTimeout() {
      return this;
    }
    setNoDelay() {
      return this;
    }
    setKeepAlive() {
      return this;
    }
  };
}
