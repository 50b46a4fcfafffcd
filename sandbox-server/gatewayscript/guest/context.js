// `context`: variables by name, the message and the request as objects, and `reject`.
import { fromLatin1 } from './host.js';
import { createMessageFacade, createRequestFacade, prefixOf } from './message.js';
import { currentPlace } from './place.js';

const { freeze } = Object;

export function createContext(lab) {
  const { host, Buffer, xml } = lab;
  const toBuffer = (latin1Text) => fromLatin1(Buffer, latin1Text);
  const message = createMessageFacade(lab, ['message'], 'context.message');
  const request = createRequestFacade(lab);

  return freeze({
    message,
    request,

    get: (name) => host.get(checked(name, 'context.get'), toBuffer, 'context.get'),

    /** XML nodes are kept as their text, which is the lab's choice. */
    set(name, value) {
      host.set(checked(name, 'context.set'), xml.textOf(value) ?? value, 'context.set');
    },

    clear(name) {
      host.clear(checked(name, 'context.clear'), 'context.clear');
    },

    /** Makes a message under that name; `source` is a message or request to copy. */
    createMessage(name, source) {
      const call = 'context.createMessage';
      const key = checked(name, call);
      const start = { status: {}, headers: {} };
      if (source !== undefined) {
        const prefix = prefixOf(source);
        if (!prefix)
          throw new TypeError(
            `${call}: the second argument is no message; expected what createMessage or getMessage gave, context.message or context.request`,
          );
        for (const part of ['status', 'headers', 'body']) {
          const value = host.get([...prefix, part], toBuffer, call);
          if (value !== undefined) start[part] = value;
        }
      }
      const { body, ...head } = start;
      host.set([key], head, call);
      if (body !== undefined) host.set([key, 'body'], body, call);
      return createMessageFacade(lab, [key], key);
    },

    /** `null` where no such message is. */
    getMessage(name) {
      const key = checked(name, 'context.getMessage');
      if (key === 'message') return message;
      if (key === 'request') return request;
      const found = host.get([key], toBuffer, 'context.getMessage');
      return typeof found === 'object' && found !== null ? createMessageFacade(lab, [key], key) : null;
    },

    /** Raises an error for the assembly; the script goes on, as on the gateway. */
    reject(name, text) {
      const { line, column } = currentPlace();
      host.call(
        'reject',
        checked(name, 'context.reject', "an error's name"),
        text === undefined ? '' : `${text}`.slice(0, 2000),
        line,
        column,
      );
    },
  });
}

function checked(name, call, what = "the variable's name") {
  if (typeof name === 'string') return name;
  throw new TypeError(`${call}: ${what} is ${name === null ? 'null' : typeof name}; expected a string`);
}
