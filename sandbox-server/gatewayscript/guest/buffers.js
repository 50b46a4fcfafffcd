// Buffers: what `readAsBuffers` gives, and what takes bytes takes as well.

/** On the gateway they spare a copy; in the lab there is always one. */
export function createBuffers(buffer) {
  return {
    length: 1,
    item: (index) => (index === 0 ? buffer : undefined),
    toBuffer: () => buffer,
    toString: (encoding) => buffer.toString(encoding),
  };
}

/** The bytes of a Buffer or of Buffers, else `undefined`. */
export function bytesIn(data) {
  if (data instanceof Uint8Array) return data;
  if (typeof data !== 'object' || data === null || typeof data.toBuffer !== 'function') return undefined;
  const buffer = data.toBuffer();
  return buffer instanceof Uint8Array ? buffer : undefined;
}
