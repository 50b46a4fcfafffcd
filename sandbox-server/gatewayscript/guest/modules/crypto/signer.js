// The objects of `createSign` and `createVerify`.
import { keySpec } from './key.js';
import { output, piece } from './pieces.js';

export function createSigner({ host, Buffer }, algorithm) {
  const gathered = gather(Buffer, 'Sign', 'sign');
  const sign = {
    update(data, encoding) {
      gathered.add(data, encoding);
      return sign;
    },
    /** A Buffer, or text in the given encoding. */
    sign(key, encoding) {
      const spec = keySpec(key, 'Sign.sign');
      return output(
        Buffer,
        host.call('sign', algorithm, spec, gathered.end(), 'Sign.sign'),
        encoding,
        'Sign.sign',
      );
    },
  };
  return sign;
}

export function createVerifier({ host, Buffer }, algorithm) {
  const gathered = gather(Buffer, 'Verify', 'verify');
  const verify = {
    update(data, encoding) {
      gathered.add(data, encoding);
      return verify;
    },
    /** @returns whether it fits; a key that is unfit throws */
    verify(key, signature, encoding) {
      const spec = keySpec(key, 'Verify.verify');
      const bytes = piece(Buffer, signature, encoding ?? 'latin1', 'Verify.verify', 'signature')[1];
      return host.call('verify', algorithm, spec, gathered.end(), bytes, 'Verify.verify');
    },
  };
  return verify;
}

/** Data until the end; nothing after it, as in Node. */
function gather(Buffer, kind, last) {
  const pieces = [];
  let ended = false;
  function check(method) {
    if (ended)
      throw new Error(`${kind}.${method}: ${last} has been called already; make a new object for other data`);
  }
  return {
    add(data, encoding) {
      check('update');
      pieces.push(piece(Buffer, data, encoding, `${kind}.update`));
    },
    end() {
      check(last);
      ended = true;
      return pieces;
    },
  };
}
