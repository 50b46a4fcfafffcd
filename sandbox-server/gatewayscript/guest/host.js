// The border on the guest's side: every call to the host goes through here, as JSON.
import { currentPlace } from './place.js';

const ERRORS = { TypeError, RangeError, Error };
const { parse, stringify } = JSON;

export function createHost(hostCall) {
  /** `args`: the call's name, then what it takes. In one text: each piece that crosses costs as much as a short call. */
  function reply(...args) {
    const answer = parse(hostCall(stringify(args)));
    if (answer.e) throw new ERRORS[answer.e[0]](answer.e[1]);
    return answer;
  }

  return {
    /** For calls that answer with plain JSON. */
    call: (...args) => reply(...args).v,

    /** Reads a variable: `bytes` makes a Buffer of a body. `name` is text or a list of keys. */
    get(name, bytes, call) {
      const answer = reply('get', name, currentPlace().line, call);
      return answer.b === undefined ? answer.v : bytes(answer.b);
    },

    /** Writes a variable; anything that JSON cannot carry is refused by name. */
    set(name, value, call) {
      const { line } = currentPlace();
      if (value === undefined) return void reply('set', name, 'none', '', line, call);
      if (value instanceof Uint8Array) return void reply('set', name, 'bytes', latin1(value), line, call);
      const json = jsonOf(value, call);
      if (json === undefined)
        throw new TypeError(
          `${call}: a ${typeof value} cannot be stored; expected text, a number, a boolean, an object, an array or a Buffer`,
        );
      reply('set', name, 'json', json, line, call);
    },

    clear(name, call) {
      reply('clear', name, currentPlace().line, call);
    },
  };
}

function jsonOf(value, call) {
  try {
    return stringify(value);
  } catch (error) {
    // QuickJS's own words; what a script's `toJSON` throws is the script's.
    if (!(error instanceof TypeError) || error.message !== 'circular reference') throw error;
    throw new TypeError(`${call}: the value holds itself; expected one that JSON can write`);
  }
}

const { fromCharCode } = String;
const { apply } = Reflect;
const { subarray } = Object.getPrototypeOf(Uint8Array.prototype);

/** Bytes as Latin-1 characters, the form in which they cross the border. */
export function latin1(bytes) {
  let text = '';
  for (let i = 0; i < bytes.length; i += 4096)
    text += apply(fromCharCode, null, apply(subarray, bytes, [i, i + 4096]));
  return text;
}

/** The way back, as a Buffer; twice as fast as `Buffer.from(text, 'latin1')` of the package, which matters for bodies. */
export function fromLatin1(Buffer, text) {
  const buffer = Buffer.alloc(text.length);
  for (let i = 0; i < text.length; i += 1) buffer[i] = text.charCodeAt(i);
  return buffer;
}
