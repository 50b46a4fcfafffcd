// What a value is at heart, whatever its prototype says: the built-ins' own getters fail on anything else.
const { apply } = Reflect;
const { getOwnPropertyDescriptor, getPrototypeOf } = Object;
const tagText = Object.prototype.toString;

const getter = (prototype, name) => getOwnPropertyDescriptor(prototype, name).get;

function answersTo(method) {
  return (value) => {
    try {
      apply(method, value, []);
      return true;
    } catch {
      return false;
    }
  };
}

const typedArrayTag = getter(getPrototypeOf(Uint8Array.prototype), Symbol.toStringTag);
const hasSource = answersTo(getter(RegExp.prototype, 'source'));

export const isMap = answersTo(getter(Map.prototype, 'size'));
export const isSet = answersTo(getter(Set.prototype, 'size'));
export const isDate = answersTo(Date.prototype.getTime);
export const isArrayBuffer = answersTo(getter(ArrayBuffer.prototype, 'byteLength'));
export const isDataView = answersTo(getter(DataView.prototype, 'byteLength'));

/** `RegExp.prototype` answers too, and is none. */
export const isRegExp = (value) => value !== RegExp.prototype && hasSource(value);
export const isTypedArray = (value) => apply(typedArrayTag, value, []) !== undefined;
export const isError = (value) => tag(value) === '[object Error]' || value instanceof Error;

/** A promise's state cannot be looked at here, and `then` would mark it as handled. */
export const isPromise = (value) => value instanceof Promise;

/** `[object Map Iterator]` and so on. */
export function tag(value) {
  return apply(tagText, value, []);
}
