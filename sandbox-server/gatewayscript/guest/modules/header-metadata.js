// `require('header-metadata')`: headers and status by the older names, which the API gateway emulates "without modification" (IBM documentation).
import { namingAbsentMembers } from '../absent-member.js';
import { createHeader, createMessageFacade } from '../message.js';

const { freeze } = Object;

/**
 * `current` and `response` are both `context.message`, whose end is the response; that these two are one is the lab's choice, as the
 * product publishes nothing. `original` is the request as it came, and read-only.
 */
export default function createHeaderMetadata(lab) {
  return freeze({
    current: ofMessage(lab, 'current'),
    response: ofMessage(lab, 'response'),
    original: ofRequest(lab.context.request),
  });
}

function ofMessage(lab, kind) {
  const call = `header-metadata.${kind}`;
  const message = createMessageFacade(lab, ['message'], call);
  const header = createHeader(lab.host, ['message'], call);
  const collection = {
    /** Without a name, which published scripts do, all headers as an object. */
    get: (...names) => (names.length === 0 ? message.headers : header.get(wanted(names[0], `${call}.get`))),
    set: (name, value) => header.set(wanted(name, `${call}.set`), value),
    remove: (name) => header.remove(wanted(name, `${call}.remove`)),
    get headers() {
      return message.headers;
    },
    get statusCode() {
      return message.statusCode;
    },
    /** Takes `302`, `'302'` and `'302 Moved Temporarily'`, the last as seen in published scripts. */
    set statusCode(value) {
      message.statusCode = value;
    },
    get reasonPhrase() {
      return message.reasonPhrase;
    },
    set reasonPhrase(value) {
      message.reasonPhrase = value;
    },
  };
  return namingAbsentMembers(call, freeze(collection));
}

function ofRequest(request) {
  const call = 'header-metadata.original';
  const refuse = (method) => () => {
    throw new TypeError(`${call}.${method}: the original headers are read-only; change hm.current`);
  };
  const collection = {
    get: (...names) =>
      names.length === 0 ? request.headers : request.header.get(wanted(names[0], `${call}.get`)),
    set: refuse('set'),
    remove: refuse('remove'),
    get headers() {
      return request.headers;
    },
  };
  return namingAbsentMembers(call, freeze(collection));
}

/** For MQ the product takes an object first; there is no MQ in the lab. */
function wanted(name, call) {
  if (typeof name === 'string') return name;
  throw new TypeError(
    `${call}: the header's name is ${name === null ? 'null' : typeof name}; expected a string such as 'Content-Type'`,
  );
}
