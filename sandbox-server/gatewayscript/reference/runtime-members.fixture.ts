// For the tests: what a value really has in the engine, own or inherited, but for what every object of the language has.

/** The function `members(value)` as text of a script. Names with an underscore before them and inspectors' symbols are a library's own. */
export const MEMBERS = `
var language = [Object, Function, Array, Error, Uint8Array, Object.getPrototypeOf(Uint8Array)]
  .reduce(function (all, each) { return all.concat(each, each.prototype); }, []);
function members(value) {
  var names = new Set();
  var ofFunction = ['length', 'name', 'prototype', 'arguments', 'caller'];
  for (var each = value; each && language.indexOf(each) < 0; each = Object.getPrototypeOf(each)) {
    Reflect.ownKeys(each).forEach(function (key) {
      var name = typeof key === 'symbol' ? '[' + String(key).slice(7, -1) + ']' : key;
      if (key === 'constructor' || /^[0-9]+$/.test(name) || /^\\[nodejs/.test(name)) return;
      if (typeof value === 'function' && ofFunction.indexOf(key) >= 0) return;
      names.add(name);
    });
  }
  return Array.from(names);
}
function kind(value, name) {
  var key = name === '[Symbol.iterator]' ? Symbol.iterator : name;
  return typeof value[key];
}`;

/** `_extend` is the one such name that Node documents. */
export function isInternal(name: string): boolean {
  return /^(_|\$\$)/.test(name) && name !== '_extend';
}
