// `require`: finds a module by its name and makes it on first use; what is not there fails by its name.
import modules from 'lab:modules';
import { namingAbsentMembers } from './absent-member.js';

export function createRequire(lab) {
  const made = new Map();
  return function require(name) {
    if (typeof name !== 'string')
      throw new TypeError(`require: the module's name is ${typeof name}; expected a string`);
    if (!modules.has(name)) {
      throw new Error(
        `require: there is no module '${name.slice(0, 100)}'; there are ${[...modules.keys()].join(', ')}`,
      );
    }
    if (!made.has(name)) made.set(name, namingAbsentMembers(name, modules.get(name)()(lab)));
    return made.get(name);
  };
}
