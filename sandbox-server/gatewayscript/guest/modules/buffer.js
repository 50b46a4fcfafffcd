// `require('buffer')`: the global `Buffer` by another way, with the module's own constants.
import { INSPECT_MAX_BYTES, kMaxLength } from 'buffer';

export default function createBufferModule({ Buffer }) {
  return {
    Buffer,
    SlowBuffer: Buffer,
    INSPECT_MAX_BYTES,
    kMaxLength,
    constants: { MAX_LENGTH: kMaxLength },
    transcode(source, fromEncoding, toEncoding) {
      if (!(source instanceof Uint8Array))
        throw new TypeError(
          `buffer.transcode: the source is ${source === null ? 'null' : typeof source}; expected a Buffer`,
        );
      for (const encoding of [fromEncoding, toEncoding]) {
        if (!Buffer.isEncoding(encoding))
          throw new TypeError(
            `buffer.transcode: unknown encoding ${JSON.stringify(encoding)}; expected utf8, ucs2, latin1 or ascii`,
          );
      }
      return Buffer.from(Buffer.from(source).toString(fromEncoding), toEncoding);
    },
  };
}
