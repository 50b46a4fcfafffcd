// `context.message` and `context.request` as objects: each member is a read or write of the variable behind it.
import { createBody, createReader } from './body.js';

const { freeze } = Object;
const prefixes = new WeakMap();

/** The variable's keys behind a message that a script holds, or `undefined` for anything else. */
export function prefixOf(facade) {
  return typeof facade === 'object' && facade !== null ? prefixes.get(facade) : undefined;
}

export function createMessageFacade(lab, prefix, call) {
  const { host } = lab;
  const facade = {
    get headers() {
      return host.get([...prefix, 'headers'], noBytes, `${call}.headers`) || {};
    },
    set headers(value) {
      host.set([...prefix, 'headers'], value, `${call}.headers`);
    },
    get statusCode() {
      return host.get([...prefix, 'status', 'code'], noBytes, `${call}.statusCode`);
    },
    set statusCode(value) {
      const parts = prefix[0] === 'message' ? null : /^(\d{3}) (.*)$/.exec(value);
      host.set([...prefix, 'status', 'code'], parts ? +parts[1] : value, `${call}.statusCode`);
      if (parts) host.set([...prefix, 'status', 'reason'], parts[2], `${call}.statusCode`);
    },
    get reasonPhrase() {
      return host.get([...prefix, 'status', 'reason'], noBytes, `${call}.reasonPhrase`);
    },
    set reasonPhrase(value) {
      host.set([...prefix, 'status', 'reason'], value, `${call}.reasonPhrase`);
    },
    header: createHeader(host, prefix, `${call}.header`),
    body: createBody(lab, prefix, call),
  };
  prefixes.set(facade, prefix);
  return freeze(facade);
}

export function createRequestFacade(lab) {
  const { host } = lab;
  const call = 'context.request';
  const member = (name) => host.get(['request', name], noBytes, `${call}.${name}`);
  const facade = {
    get headers() {
      return member('headers');
    },
    get parameters() {
      return member('parameters');
    },
    get querystring() {
      return member('querystring');
    },
    header: freeze({ get: createHeader(host, ['request'], `${call}.header`).get }),
    body: createReader(lab, ['request'], call),
  };
  prefixes.set(facade, ['request']);
  return freeze(facade);
}

/** @param call what the methods belong to, as errors name it */
export function createHeader(host, prefix, call) {
  const key = (name, method) => {
    if (typeof name === 'string') return [...prefix, 'headers', name];
    throw new TypeError(
      `${call}.${method}: the header's name is ${name === null ? 'null' : typeof name}; expected a string`,
    );
  };
  return freeze({
    get: (name) => host.get(key(name, 'get'), noBytes, `${call}.get`),
    set: (name, value) => host.set(key(name, 'set'), value, `${call}.set`),
    remove: (name) => host.clear(key(name, 'remove'), `${call}.remove`),
  });
}

function noBytes(text) {
  return text;
}
