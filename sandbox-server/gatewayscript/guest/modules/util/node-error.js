// Errors with a code in their name, as Node.js 8 made them: `TypeError [ERR_INVALID_ARG_TYPE]: The "original" argument …`.
const { defineProperty } = Object;

export function invalidArgument(name, expected, ...actual) {
  const received =
    actual.length === 0 ? '' : `. Received type ${actual[0] === null ? 'null' : typeof actual[0]}`;
  return coded(
    new TypeError(`The "${name}" argument must be of type ${expected}${received}`),
    'ERR_INVALID_ARG_TYPE',
  );
}

/** @returns the same error, with its code */
export function coded(error, code) {
  defineProperty(error, 'name', { value: `${error.name} [${code}]`, configurable: true, writable: true });
  return defineProperty(error, 'code', { value: code, configurable: true, writable: true });
}
