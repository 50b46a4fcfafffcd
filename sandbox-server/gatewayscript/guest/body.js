// The body of a message: readers call back later, as on the gateway; an empty body is `undefined` without an error.
const { freeze } = Object;
const { parse, stringify } = JSON;

export function createReader(lab, prefix, call) {
  return freeze(readers(lab, prefix, call));
}

export function createBody(lab, prefix, call) {
  return freeze({
    ...readers(lab, prefix, call),
    /** A string, a Buffer, XML nodes, which are written as `XML.stringify` has them, or an object, which is written as JSON. */
    write(value) {
      const kind = value === null ? 'null' : typeof value;
      if (kind !== 'string' && kind !== 'object')
        throw new TypeError(
          `${call}.body.write: the value is ${kind}; expected a string, a Buffer or an object`,
        );
      lab.host.set([...prefix, 'body'], lab.xml.textOf(value) ?? value, `${call}.body.write`);
    },
  });
}

function readers({ host, Buffer, xml, later }, prefix, call) {
  /** Reads now, so that the trace has the line of the call; converts and calls back when the script's turn is over. */
  function reader(method, convert) {
    return (callback) => {
      if (typeof callback !== 'function')
        throw new TypeError(
          `${call}.body.${method}: the callback is ${typeof callback}; expected a function (error, value)`,
        );
      const body = host.get(
        [...prefix, 'body'],
        (text) => Buffer.from(text, 'latin1'),
        `${call}.body.${method}`,
      );
      later(() => {
        let value;
        try {
          value = body === undefined ? undefined : convert(body);
        } catch (error) {
          callback(new Error(`${call}.body.${method}: ${error.message}`));
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
      try {
        return parse(text);
      } catch (error) {
        throw new Error(`the body ${stringify(text.slice(0, 40))} is not JSON (${error.message})`);
      }
    }),
    readAsXML: reader('readAsXML', (body) => xml.read(toBuffer(body))),
    readAsBuffer: reader('readAsBuffer', toBuffer),
    readAsBuffers: reader('readAsBuffers', (body) => {
      const buffer = toBuffer(body);
      return {
        length: 1,
        item: (index) => (index === 0 ? buffer : undefined),
        toBuffer: () => buffer,
        toString: (encoding) => buffer.toString(encoding),
      };
    }),
  };
}
