// `require('apim')`: the functions of the product's version 5, which it keeps for scripts that moved from there (IBM documentation).

const { isArray } = Array;
const { freeze } = Object;

export default function createApim({ context, session, console }) {
  const { body } = context.message;
  const reader = (method) => (callback) => {
    if (typeof callback !== 'function')
      throw new TypeError(
        `apim.readInput${method.slice('read'.length)}: the callback is ${kind(callback)}; expected a function (error, value)`,
      );
    body[method](callback);
  };

  return freeze({
    /** As `context.get`; but a request parameter is its value, not the object with its locations, as seen in published scripts. */
    getvariable(name) {
      const value = context.get(wanted(name, 'apim.getvariable', "the variable's name"));
      const parameter = /^request\.parameters\b./.test(name) && isArray(value?.values) ? value.values : null;
      return parameter?.length === 1 ? parameter[0] : (parameter ?? value);
    },

    /** `action` is `set`, `add` or `clear`. What `add` makes of a value that is there, a list of both, is the lab's choice. */
    setvariable(name, value, action = 'set') {
      const call = 'apim.setvariable';
      wanted(name, call, "the variable's name");
      if (action === 'set') context.set(name, value);
      else if (action === 'clear') context.clear(name);
      else if (action === 'add') {
        const before = context.get(name);
        context.set(
          name,
          before === undefined ? value : isArray(before) ? [...before, value] : [before, value],
        );
      } else
        throw new TypeError(
          `${call}: the action is ${typeof action === 'string' ? `'${action.slice(0, 40)}'` : kind(action)}; expected 'set', 'add' or 'clear'`,
        );
    },

    readInputAsJSON: reader('readAsJSON'),
    readInputAsXML: reader('readAsXML'),
    readInputAsBuffer: reader('readAsBuffer'),
    readInputAsBuffers: reader('readAsBuffers'),

    /** Says of which media type the output is; `session.output.write` writes it. */
    output(mediaType) {
      context.message.header.set('Content-Type', wanted(mediaType, 'apim.output', 'the media type'));
    },

    /** As `context.reject`: it does not throw. The status is what the client gets. */
    error(name, statusCode, reason, message) {
      context.reject(wanted(name, 'apim.error', "the error's name"), message);
      context.message.statusCode = reason === undefined ? statusCode : `${statusCode} ${reason}`;
    },

    /** One property of a user-defined policy, or all: `local.parameter`, which is inferred. */
    getPolicyProperty: (name) =>
      name === undefined
        ? session.parameters
        : session.parameters[wanted(name, 'apim.getPolicyProperty', "the property's name")],

    console,
  });
}

function wanted(value, call, what) {
  if (typeof value === 'string') return value;
  throw new TypeError(`${call}: ${what} is ${kind(value)}; expected a string`);
}

function kind(value) {
  return value === null ? 'null' : typeof value;
}
