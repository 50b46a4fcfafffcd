// setTimeout and its kin, with the objects that Node gives: the host keeps the clock, this side keeps the callbacks.
import { promiseTimers } from '../../../gatewayscript/guest/timers.js';

export function createTimers(host) {
  const waiting = new Map();

  class Timeout {
    #start;
    #id;

    constructor(call, callback, delay, repeats, args) {
      if (typeof callback !== 'function')
        throw new TypeError(
          `${call}: the callback is ${callback === null ? 'null' : typeof callback}; expected a function`,
        );
      this.#start = () => {
        this.#id = host.call('timer', delay, repeats);
        waiting.set(this.#id, { run: () => callback(...args), repeats });
      };
      this.#start();
    }

    close() {
      if (waiting.delete(this.#id)) host.call('clearTimer', this.#id);
      return this;
    }

    refresh() {
      if (!waiting.has(this.#id)) return this;
      this.close();
      this.#start();
      return this;
    }

    /** There is no process here that a timer would keep running. */
    ref() {
      return this;
    }
    unref() {
      return this;
    }
    hasRef() {
      return waiting.has(this.#id);
    }
    [Symbol.toPrimitive]() {
      return this.#id;
    }
  }

  const milliseconds = (delay) => (+delay >= 1 ? Math.min(+delay, 0x7fffffff) : 1);
  function clear(timer) {
    if (timer instanceof Timeout) timer.close();
    else if (waiting.delete(Number(timer))) host.call('clearTimer', Number(timer));
  }

  const setTimeout = (callback, delay, ...args) =>
    new Timeout('setTimeout', callback, milliseconds(delay), false, args);
  const setImmediate = (callback, ...args) => new Timeout('setImmediate', callback, -1, false, args);
  promiseTimers(setTimeout, setImmediate);

  return {
    globals: {
      setTimeout,
      setInterval: (callback, delay, ...args) =>
        new Timeout('setInterval', callback, milliseconds(delay), true, args),
      setImmediate,
      clearTimeout: clear,
      clearInterval: clear,
      clearImmediate: clear,
    },
    /** Calls back as soon as the turn is over. */
    later: (callback, ...args) => void new Timeout('callback', callback, -1, false, args),
    fire(id) {
      const timer = waiting.get(id);
      if (!timer) return;
      if (!timer.repeats) waiting.delete(id);
      timer.run();
    },
  };
}
