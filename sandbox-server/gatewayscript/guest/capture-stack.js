// `Error.captureStackTrace`, which V8 has and QuickJS has not: published classes of errors call it in their constructor.
const { defineProperty } = Object;

/** Gives `target` the stack of this call, from below the function `opening` where that is given, as in Node.js. */
export function captureStackTrace(target, opening) {
  if ((typeof target !== 'object' && typeof target !== 'function') || target === null)
    throw new TypeError(
      `Error.captureStackTrace: the target is ${target === null ? 'null' : typeof target}; expected an object`,
    );
  // The first frame is this function's.
  const frames = new Error().stack.split('\n').slice(1);
  const name = typeof opening === 'function' ? opening.name : '';
  const at = name === '' ? -1 : frames.findIndex((frame) => frame.startsWith(`    at ${name} (`));
  defineProperty(target, 'stack', {
    value: frames.slice(at + 1).join('\n'),
    writable: true,
    configurable: true,
  });
}
