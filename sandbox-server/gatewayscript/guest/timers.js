// setTimeout and its kin, and `later` for body readers: the host keeps the clock, this side keeps the callbacks.
const { apply } = Reflect;
const { min } = Math;

/** Under this key a function says what `util.promisify` makes of it. */
export const promisifyCustom = Symbol('util.promisify.custom');

export function createTimers(host) {
  const callbacks = new Map();

  function add(call, callback, delay, repeats, args) {
    if (typeof callback !== 'function')
      throw new TypeError(
        `${call}: the callback is ${callback === null ? 'null' : typeof callback}; expected a function`,
      );
    const id = host.call('timer', delay, repeats);
    callbacks.set(id, { callback, args, repeats });
    return id;
  }

  function milliseconds(delay) {
    const number = +delay;
    return number >= 1 ? min(number, 0x7fffffff) : 1;
  }

  function clear(id) {
    if (typeof id === 'number' && callbacks.delete(id)) host.call('clearTimer', id);
  }

  const setTimeout = (callback, delay, ...args) =>
    add('setTimeout', callback, milliseconds(delay), false, args);
  const setImmediate = (callback, ...args) => add('setImmediate', callback, -1, false, args);
  promiseTimers(setTimeout, setImmediate);

  return {
    globals: {
      setTimeout,
      setInterval: (callback, delay, ...args) =>
        add('setInterval', callback, milliseconds(delay), true, args),
      setImmediate,
      clearTimeout: clear,
      clearInterval: clear,
      clearImmediate: clear,
    },
    /** Calls back as soon as the script's own turn is over. */
    later: (callback, ...args) => add('callback', callback, -1, false, args),
    /** Calls back when the host says that what has this id is there. */
    when: (id, callback) => callbacks.set(id, { callback, args: [], repeats: false }),
    fire(id) {
      const timer = callbacks.get(id);
      if (!timer) return;
      if (!timer.repeats) callbacks.delete(id);
      apply(timer.callback, undefined, timer.args);
    },
  };
}

/** Says what `util.promisify` makes of both: their callbacks come first and take no error. */
export function promiseTimers(setTimeout, setImmediate) {
  promisedBy(setTimeout, (delay, value) => new Promise((resolve) => void setTimeout(resolve, delay, value)));
  promisedBy(setImmediate, (value) => new Promise((resolve) => void setImmediate(resolve, value)));
}

function promisedBy(original, promised) {
  for (const each of [original, promised])
    Object.defineProperty(each, promisifyCustom, { value: promised, configurable: true });
}
