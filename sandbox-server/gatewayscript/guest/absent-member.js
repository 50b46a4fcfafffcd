// What a module does not have fails by its name where it is read, and says what there is, instead of "not a function" later.
const { has, get } = Reflect;
const { keys } = Object;

/** Names that engine and inspectors look for on any value. */
const ASKED_OF_ALL = ['then', 'toJSON', 'inspect', '__esModule', 'default', '$$typeof'];

const made = new WeakSet();

/** The module's exports, the same in every other respect. */
export function namingAbsentMembers(name, exports) {
  if ((typeof exports !== 'object' || exports === null) && typeof exports !== 'function') return exports;
  if (made.has(exports)) return exports;
  const naming = new Proxy(exports, {
    get(target, member, receiver) {
      if (typeof member === 'string' && !has(target, member) && !ASKED_OF_ALL.includes(member))
        throw new TypeError(
          `${name}.${member.slice(0, 100)}: there is no such member; ${name} has ${keys(target).join(', ')}`,
        );
      return get(target, member, receiver);
    },
  });
  made.add(naming);
  return naming;
}
