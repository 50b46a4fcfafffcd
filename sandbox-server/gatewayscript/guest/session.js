// `session`: the older way to body, variables and rejection, which the API gateway emulates "without modification" (IBM documentation).
import { namingAbsentMembers } from './absent-member.js';
import { createWriter, variableReaders } from './body.js';
import { fromLatin1 } from './host.js';
import { currentPlace } from './place.js';

const { freeze } = Object;

/**
 * `input` and `output` are the message, `INPUT` is the request as it came. Contexts of the script's own, and the variables of any,
 * live below `session.contexts`; that place, and `RuntimeError` as the name of a rejection, are the lab's choice.
 */
export function createSession(lab) {
  const { host, Buffer, xml } = lab;
  const toBuffer = (latin1Text) => fromLatin1(Buffer, latin1Text);

  function variables(name, call) {
    const path = (variable, method) => [
      'session',
      'contexts',
      name,
      'variables',
      wanted(variable, `${call}.${method}`, "the variable's name"),
    ];
    /** `undefined` where it is not set. */
    const get = (method) => (variable) =>
      host.get(path(variable, method), toBuffer, `${call}.${method}`) ?? undefined;
    const set = (method) => (variable, value) =>
      host.set(path(variable, method), xml.textOf(value) ?? value, `${call}.${method}`);
    const remove = (method) => (variable) => {
      host.clear(path(variable, method), `${call}.${method}`);
      return true;
    };
    return {
      getVariable: get('getVariable'),
      setVariable: set('setVariable'),
      deleteVariable: remove('deleteVariable'),
      // The same by shorter names, as seen in published scripts.
      getVar: get('getVar'),
      setVar: set('setVar'),
      deleteVar: remove('deleteVar'),
    };
  }

  function context(name, prefix, call, access) {
    return namingAbsentMembers(
      call,
      freeze({
        ...(access.includes('read') && variableReaders(lab, prefix, call)),
        ...(access.includes('write') && { write: createWriter(lab, prefix, `${call}.write`) }),
        ...variables(name, call),
      }),
    );
  }

  const named = (name) =>
    context(name, ['session', 'contexts', name], `session.name('${name.slice(0, 40)}')`, 'read write');
  const exists = (name, call) => host.get(['session', 'contexts', name], toBuffer, call) !== undefined;
  let parameters;

  const session = {
    input: context('input', ['message'], 'session.input', 'read write'),
    output: context('output', ['message'], 'session.output', 'write'),
    INPUT: context('INPUT', ['request'], 'session.INPUT', 'read'),

    /** `undefined` where neither the script nor a policy before it made that context. */
    name(name) {
      const key = wanted(name, 'session.name', "the context's name");
      if (key === 'input' || key === 'output' || key === 'INPUT') return session[key];
      return exists(key, 'session.name') ? named(key) : undefined;
    },

    createContext(name) {
      const call = 'session.createContext';
      const key = wanted(name, call, "the context's name");
      if (key === 'input' || key === 'output' || key === 'INPUT' || exists(key, call))
        throw new Error(
          `${call}: the context '${key.slice(0, 100)}' is there already; session.name finds it`,
        );
      host.set(['session', 'contexts', key, 'variables'], {}, call);
      return named(key);
    },

    /** Raises an error when the script has ended; the script goes on. An object of options may stand before the text, as seen. */
    reject(...args) {
      const text = args.length > 1 && typeof args[0] === 'object' ? args[1] : args[0];
      const { line, column } = currentPlace();
      host.call('reject', 'RuntimeError', text === undefined ? '' : `${text}`.slice(0, 2000), line, column);
    },

    /** Takes back what `session.reject` or `context.reject` said. */
    accept() {
      host.call('accept');
    },

    /** The policy's parameters: those of `local.parameter`. An object of the script's own, so that it may set defaults in it. */
    get parameters() {
      parameters ??= host.get(['local', 'parameter'], toBuffer, 'session.parameters') ?? {};
      return parameters;
    },
  };
  return namingAbsentMembers('session', freeze(session));
}

function wanted(name, call, what) {
  if (typeof name === 'string' && name !== '') return name;
  const kind = name === null ? 'null' : name === '' ? 'empty' : typeof name;
  throw new TypeError(`${call}: ${what} is ${kind}; expected a string`);
}
