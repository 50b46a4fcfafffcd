// `util.promisify` and `util.callbackify`: callbacks to promises and back, after Node.js 8.9.4 (LICENSE.node.txt).
import { promisifyCustom as custom } from '../../timers.js';
import { coded, invalidArgument } from './node-error.js';

const { apply } = Reflect;
const { defineProperties, defineProperty, getOwnPropertyDescriptors, getPrototypeOf, setPrototypeOf } =
  Object;

/** A function that gives a promise, of one whose last argument is a callback `(error, value)`. */
export function promisify(original) {
  if (typeof original !== 'function') throw invalidArgument('original', 'function');
  const own = original[custom];
  if (own) {
    if (typeof own !== 'function')
      throw new TypeError('The [util.promisify.custom] property must be a function');
    return own[custom] === own ? own : defineProperty(own, custom, { value: own, configurable: true });
  }
  function promisified(...args) {
    return new Promise((resolve, reject) => {
      const callback = (error, value) => (error ? reject(error) : resolve(value));
      apply(original, this, [...args, callback]);
    });
  }
  setPrototypeOf(promisified, getPrototypeOf(original));
  defineProperty(promisified, custom, { value: promisified, configurable: true });
  return defineProperties(promisified, getOwnPropertyDescriptors(original));
}

promisify.custom = custom;

/** A function with a callback, of one that gives a promise. `later` calls the callback outside of the promise, so that what it throws is not swallowed. */
export function createCallbackify(later) {
  return function callbackify(original) {
    if (typeof original !== 'function') throw invalidArgument('original', 'function');
    function callbackified(...args) {
      const callback = args.pop();
      if (typeof callback !== 'function') throw invalidArgument('last argument', 'function');
      const answer = (...results) => later(() => apply(callback, this, results));
      apply(original, this, args).then(
        (value) => answer(null, value),
        (reason) => answer(reason || falsyReason(reason)),
      );
    }
    setPrototypeOf(callbackified, getPrototypeOf(original));
    return defineProperties(callbackified, getOwnPropertyDescriptors(original));
  };
}

/** A callback takes a falsy error for none. */
function falsyReason(reason) {
  const error = coded(new Error('Promise was rejected with falsy value'), 'ERR_FALSY_VALUE_REJECTION');
  error.reason = reason;
  return error;
}
