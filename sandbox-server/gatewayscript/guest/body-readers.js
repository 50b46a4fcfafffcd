// The readers of a body, whoever holds it: they call back later, as on the gateway; an empty body is `undefined` without an error.
import { createBuffers } from './buffers.js';
import { decodeUtf8 } from './decode-utf8.js';
import { placedAt } from './place.js';

const { parse, stringify } = JSON;
const { defineProperties } = Object;

/**
 * @param read (name of the call) => the body now: text, a Buffer, parsed JSON, or `undefined`; may throw
 * @param call what the readers belong to, as errors name it
 */
export function createReaders({ Buffer, xml, later }, read, call) {
  /** Reads now, so that the trace has the line of the call; converts and calls back when the script's turn is over. */
  function reader(method, convert) {
    return (callback) => {
      if (typeof callback !== 'function')
        throw new TypeError(
          `${call}.${method}: the callback is ${typeof callback}; expected a function (error, value)`,
        );
      const body = read(`${call}.${method}`);
      const { stack } = new Error();
      later(() => {
        let value;
        try {
          value = body === undefined ? undefined : convert(body);
        } catch (error) {
          callback(placedAt(readError(`${call}.${method}: ${error.message}`), stack));
          return;
        }
        callback(null, value);
      });
    };
  }

  const toBuffer = (body) =>
    body instanceof Uint8Array ? body : Buffer.from(typeof body === 'string' ? body : stringify(body));

  return {
    readAsJSON: reader('readAsJSON', (body) => {
      if (typeof body !== 'string' && !(body instanceof Uint8Array)) return body;
      const text = `${body}`;
      if (text.includes('\ufffd') && typeof body !== 'string' && !decodeUtf8(body).whole)
        throw new Error(
          `the body ${stringify(text.slice(0, 40))} has bytes that are no UTF-8; expected JSON in UTF-8`,
        );
      try {
        return parse(text);
      } catch (error) {
        throw new Error(`the body ${stringify(text.slice(0, 40))} is not JSON (${error.message})`);
      }
    }),
    readAsXML: reader('readAsXML', (body) => xml.read(toBuffer(body))),
    readAsBuffer: reader('readAsBuffer', toBuffer),
    readAsBuffers: reader('readAsBuffers', (body) => createBuffers(toBuffer(body))),
  };
}

/**
 * Published scripts read the text of such an error from `errorMessage`, so it is there beside `message`; others write the error as JSON,
 * where an Error of the language has no text at all. None of it is enumerable, so that the console tells the text once.
 */
export function readError(message, name = 'Error') {
  return defineProperties(new Error(message), {
    name: { value: name, writable: true },
    errorMessage: { value: message },
    toJSON: { value: () => ({ name, errorMessage: message }) },
  });
}
