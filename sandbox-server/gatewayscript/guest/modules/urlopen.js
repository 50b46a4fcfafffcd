// `require('urlopen')`: asks a server, and calls back with its response. The host decides which servers there are.
import { namingAbsentMembers } from '../absent-member.js';
import { createReaders, readError } from '../body-readers.js';
import { bytesIn } from '../buffers.js';
import { fromLatin1, latin1 } from '../host.js';
import { placedAt } from '../place.js';

const { isArray } = Array;
const { entries, freeze, keys } = Object;
const { stringify } = JSON;

/** Options that IBM documents; TLS profiles and agents are taken and do nothing, as no target is outside this process. */
const OPTIONS = [
  'target',
  'method',
  'headers',
  'contentType',
  'timeout',
  'data',
  'agent',
  'sslClientProfile',
  'sslProxyProfile',
];
/** Seconds, where the script says nothing; the run's own deadline is shorter. */
const DEFAULT_TIMEOUT = 60;

export default function createUrlopen(lab) {
  const { host, xml, when } = lab;

  function bodyOf(data) {
    if (data === undefined || data === null) return '';
    if (typeof data === 'string') return latin1(lab.Buffer.from(data));
    const bytes = bytesIn(data);
    if (bytes) return latin1(bytes);
    if (typeof data !== 'object') throw wrong('data', data, 'a string, a Buffer, XML nodes or an object');
    return latin1(lab.Buffer.from(xml.textOf(data) ?? stringify(data)));
  }

  return freeze({
    /**
     * @param options a URL, or `{target, method, headers, contentType, timeout, data}`; `timeout` in seconds. Without a method it is GET,
     * and POST where there is data, which is inferred.
     * @param callback (error, response); the error is a ConnectionError where no response came
     */
    open(options, callback) {
      const given = typeof options === 'string' ? { target: options } : options;
      if (typeof given !== 'object' || given === null)
        throw wrong('first argument', options, 'a URL or an object such as {target: …}');
      for (const name of keys(given))
        if (!OPTIONS.includes(name))
          throw new TypeError(
            `urlopen.open: there is no option '${name.slice(0, 40)}'; there are ${OPTIONS.join(', ')}`,
          );
      const { target, data, method = data === undefined ? 'GET' : 'POST', timeout = DEFAULT_TIMEOUT } = given;
      if (typeof target !== 'string') throw wrong('target', target, 'a URL');
      if (typeof method !== 'string') throw wrong('method', method, "a string such as 'GET'");
      if (typeof timeout !== 'number' || !(timeout > 0))
        throw wrong('timeout', timeout, 'a number of seconds above 0');
      if (typeof callback !== 'function') throw wrong('callback', callback, 'a function (error, response)');
      const headers = headerList(given);
      const id = host.call('openTarget', target, method, headers, bodyOf(data), timeout * 1000);
      const { stack } = new Error();
      when(id, () => {
        const reply = host.call('targetReply', id);
        if (reply.failed === undefined) callback(null, createResponse(lab, reply));
        else callback(placedAt(connectionError(target, reply.failed), stack));
      });
    },
  });
}

function headerList({ headers = {}, contentType }) {
  if (typeof headers !== 'object' || headers === null || isArray(headers))
    throw wrong('headers', headers, 'an object of names and values');
  const list = entries(headers);
  if (contentType === undefined) return list;
  return [...list.filter(([name]) => name.toLowerCase() !== 'content-type'), ['Content-Type', contentType]];
}

function createResponse(lab, { status, reason, headers, body }) {
  const call = 'response';
  let bytes = body === '' ? undefined : fromLatin1(lab.Buffer, body);
  let discarded = false;
  const read = (name) => {
    if (discarded) throw new Error(`${name}: the response is discarded`);
    return bytes;
  };
  function discard(callback) {
    discarded = true;
    bytes = undefined;
    if (typeof callback === 'function') lab.later(callback, null);
  }
  const byName = {};
  for (const [name, value] of headers) {
    const known = keys(byName).find((each) => each.toLowerCase() === name.toLowerCase());
    if (name !== '__proto__')
      byName[known ?? name] = known === undefined ? value : `${byName[known]}, ${value}`;
  }
  return namingAbsentMembers(
    call,
    freeze({
      statusCode: status,
      reasonPhrase: reason,
      headers: byName,
      /** One header, without regard to case. */
      get: (name) => byName[keys(byName).find((each) => each.toLowerCase() === `${name}`.toLowerCase())],
      ...createReaders(lab, read, call),
      /** Says that the body is not wanted; `callback(error)` as documented. */
      discard,
      /** As seen in published scripts: here no connection is held that it could end. */
      disconnect: () => discard(),
    }),
  );
}

function connectionError(target, reason) {
  return readError(`urlopen.open: ${target.slice(0, 200)}: ${reason}`, 'ConnectionError');
}

function wrong(what, value, expected) {
  const kind = value === null ? 'null' : isArray(value) ? 'an array' : typeof value;
  return new TypeError(`urlopen.open: the ${what} is ${kind}; expected ${expected}`);
}
