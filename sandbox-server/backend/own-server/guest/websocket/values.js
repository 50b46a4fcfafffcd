// What may be sent, and with which code a connection may be closed, as `ws` has it.

/** @returns the data as text or as bytes. @throws TypeError as Node does for what is neither */
export function asData(Buffer, data) {
  if (typeof data === 'number') return { isText: true, value: `${data}` };
  if (typeof data === 'string') return { isText: true, value: data };
  if (!data) return { isText: false, value: Buffer.alloc(0) };
  if (ArrayBuffer.isView(data))
    return { isText: false, value: Buffer.from(data.buffer, data.byteOffset, data.byteLength) };
  return { isText: false, value: Buffer.from(data) };
}

/** RFC 6455, section 7.4, as `ws` reads it. */
export function isCloseCode(code) {
  if (!Number.isInteger(code)) return false;
  return (
    (code >= 1000 && code <= 1014 && code !== 1004 && code !== 1005 && code !== 1006) ||
    (code >= 3000 && code <= 4999)
  );
}
