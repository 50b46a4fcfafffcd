// The body of a message: its readers, and the writer.
import { createReaders } from './body-readers.js';
import { bytesIn } from './buffers.js';
import { fromLatin1 } from './host.js';

const { freeze } = Object;

export function createReader(lab, prefix, call) {
  return freeze(variableReaders(lab, prefix, `${call}.body`));
}

export function createBody(lab, prefix, call) {
  return freeze({
    ...variableReaders(lab, prefix, `${call}.body`),
    write: createWriter(lab, prefix, `${call}.body.write`),
  });
}

/** Readers of the variable `body` below `prefix`. */
export function variableReaders(lab, prefix, call) {
  const { host, Buffer } = lab;
  const read = (name) => host.get([...prefix, 'body'], (text) => fromLatin1(Buffer, text), name);
  return createReaders(lab, read, call);
}

/** Takes a string, a Buffer or Buffers, XML nodes, which are written as `XML.stringify` has them, or an object, which is written as JSON. */
export function createWriter({ host, xml }, prefix, call) {
  return (value) => {
    const kind = value === null ? 'null' : typeof value;
    if (kind !== 'string' && kind !== 'object')
      throw new TypeError(`${call}: the value is ${kind}; expected a string, a Buffer or an object`);
    host.set([...prefix, 'body'], bytesIn(value) ?? xml.textOf(value) ?? value, call);
  };
}
