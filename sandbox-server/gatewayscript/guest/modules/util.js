// `require('util')`: what Node.js 8.9.4's module has for a script; what writes to a process's streams there is not here.
import { format } from './util/format.js';
import { inspect } from './util/inspect.js';
import { isDate, isError, isRegExp } from './util/kinds.js';
import { createCallbackify, promisify } from './util/promisify.js';
import { createTextEncoding } from './util/text-encoding.js';

const { apply, construct } = Reflect;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const isObject = (value) => value !== null && typeof value === 'object';

/** Makes `child`'s instances inherit from `parent`'s; the parent is in `child.super_`. */
function inherits(child, parent) {
  if (child === undefined || child === null)
    throw new TypeError('The constructor to "inherits" must not be null or undefined');
  if (parent === undefined || parent === null)
    throw new TypeError('The super constructor to "inherits" must not be null or undefined');
  if (parent.prototype === undefined)
    throw new TypeError('The super constructor to "inherits" must have a prototype');
  child.super_ = parent;
  Object.setPrototypeOf(child.prototype, parent.prototype);
}

export default function createUtil({ Buffer, console, later }) {
  /** The same function; its first call logs a warning (the lab's choice: on the console, as `warn`). */
  function deprecate(original, message, code) {
    if (code !== undefined && typeof code !== 'string')
      throw new TypeError('`code` argument must be a string');
    let warned = false;
    function deprecated(...args) {
      if (!warned) {
        warned = true;
        console.warn('%s', `${code === undefined ? '' : `[${code}] `}DeprecationWarning: ${message}`);
      }
      return new.target ? construct(original, args, new.target) : apply(original, this, args);
    }
    Object.setPrototypeOf(deprecated, original);
    if (original.prototype) deprecated.prototype = original.prototype;
    return deprecated;
  }

  /** `26 Feb 16:19:34 - text` on the console. */
  function log(...args) {
    const now = new Date();
    const time = [now.getHours(), now.getMinutes(), now.getSeconds()]
      .map((part) => `${part}`.padStart(2, '0'))
      .join(':');
    console.log('%s', `${now.getDate()} ${MONTHS[now.getMonth()]} ${time} - ${format(...args)}`);
  }

  return {
    _extend: (target, source) => (isObject(source) ? Object.assign(target, source) : target),
    callbackify: createCallbackify(later),
    /** Nothing turns debugging on: there is no NODE_DEBUG. */
    debuglog: () => () => {},
    deprecate,
    format,
    inherits,
    inspect,
    isArray: Array.isArray,
    isBoolean: (value) => typeof value === 'boolean',
    isBuffer: Buffer.isBuffer,
    isNull: (value) => value === null,
    isNullOrUndefined: (value) => value === null || value === undefined,
    isNumber: (value) => typeof value === 'number',
    isString: (value) => typeof value === 'string',
    isSymbol: (value) => typeof value === 'symbol',
    isUndefined: (value) => value === undefined,
    isRegExp,
    isObject,
    isDate,
    isError,
    isFunction: (value) => typeof value === 'function',
    isPrimitive: (value) => value === null || (typeof value !== 'object' && typeof value !== 'function'),
    log,
    promisify,
    ...createTextEncoding(Buffer),
  };
}
