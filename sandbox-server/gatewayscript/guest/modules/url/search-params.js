// `URLSearchParams` (WHATWG URL, section 6): a query as a list of names and values. The host reads and writes the text.
import { coded } from '../util/node-error.js';
import { quoted } from '../util/quote.js';

const { freeze } = Object;
const inspectCustom = Symbol.for('nodejs.util.inspect.custom');

/** @returns the class, and how a URL links one to itself */
export function createSearchParams(host) {
  const pairsOf = new WeakMap();
  const changed = new WeakMap();
  const parse = (text) => host.call('parseQuery', text.startsWith('?') ? text.slice(1) : text);

  function change(params, pairs) {
    pairsOf.set(params, pairs);
    changed.get(params)?.(`${params}`);
  }

  function wanted(params, call, args, least) {
    if (args.length < least) {
      const names = least === 1 ? 'The "name" argument' : 'The "name" and "value" arguments';
      throw coded(new TypeError(`${names} must be specified`), 'ERR_MISSING_ARGS');
    }
    const pairs = pairsOf.get(params);
    if (!pairs)
      throw coded(
        new TypeError(`Value of "this" must be of type URLSearchParams: ${call}`),
        'ERR_INVALID_THIS',
      );
    return [pairs, ...args.map((each) => `${each}`)];
  }

  class URLSearchParams {
    /** `init`: text with or without its `?`, a list of pairs, or an object. */
    constructor(init = undefined) {
      pairsOf.set(this, pairsFrom(init, parse));
    }
    append(...args) {
      const [pairs, name, value] = wanted(this, 'append', args, 2);
      change(this, [...pairs, [name, value]]);
    }
    delete(...args) {
      const [pairs, name] = wanted(this, 'delete', args, 1);
      change(
        this,
        pairs.filter(([each]) => each !== name),
      );
    }
    get(...args) {
      const [pairs, name] = wanted(this, 'get', args, 1);
      return pairs.find(([each]) => each === name)?.[1] ?? null;
    }
    getAll(...args) {
      const [pairs, name] = wanted(this, 'getAll', args, 1);
      return pairs.filter(([each]) => each === name).map(([, value]) => value);
    }
    has(...args) {
      const [pairs, name] = wanted(this, 'has', args, 1);
      return pairs.some(([each]) => each === name);
    }
    set(...args) {
      const [pairs, name, value] = wanted(this, 'set', args, 2);
      const first = pairs.findIndex(([each]) => each === name);
      if (first === -1) change(this, [...pairs, [name, value]]);
      else
        change(
          this,
          pairs
            .filter(([each], i) => i === first || each !== name)
            .map((pair, i) => (i === first ? [name, value] : pair)),
        );
    }
    /** By name, in UTF-16 code units; equal names keep their order. */
    sort() {
      const [pairs] = wanted(this, 'sort', [], 0);
      const order = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
      const placed = pairs.map((pair, place) => ({ pair, place }));
      change(
        this,
        placed.sort((a, b) => order(a.pair[0], b.pair[0]) || a.place - b.place).map(({ pair }) => pair),
      );
    }
    forEach(callback, thisArg = undefined) {
      if (typeof callback !== 'function')
        throw coded(new TypeError('Callback must be a function'), 'ERR_INVALID_CALLBACK');
      for (const [name, value] of this) Reflect.apply(callback, thisArg, [value, name, this]);
    }
    *entries() {
      for (let i = 0; i < pairsOf.get(this).length; i += 1) yield [...pairsOf.get(this)[i]];
    }
    *keys() {
      for (const [name] of this.entries()) yield name;
    }
    *values() {
      for (const [, value] of this.entries()) yield value;
    }
    [Symbol.iterator]() {
      return this.entries();
    }
    toString() {
      return host.call('stringifyQuery', wanted(this, 'toString', [], 0)[0]);
    }
    [inspectCustom]() {
      return `URLSearchParams { ${[...this].map((pair) => pair.map(quoted).join(' => ')).join(', ')} }`;
    }
  }

  return freeze({
    URLSearchParams,
    /** A list that tells `onChange` its text. */
    linked(search, onChange) {
      const params = new URLSearchParams(search);
      changed.set(params, onChange);
      return params;
    },
    /** After the URL's own query was set. */
    refresh: (params, search) => pairsOf.set(params, parse(search)),
  });
}

function pairsFrom(init, parse) {
  if (init === undefined || init === null) return [];
  if (typeof init !== 'object' && typeof init !== 'function') return parse(`${init}`);
  if (typeof init[Symbol.iterator] !== 'function')
    return Object.keys(init).map((name) => [name, `${init[name]}`]);
  return [...init].map((pair) => {
    const members = typeof pair === 'object' && pair !== null ? [...pair] : [];
    if (members.length !== 2)
      throw coded(
        new TypeError('Each query pair must be an iterable [name, value] tuple'),
        'ERR_INVALID_TUPLE',
      );
    return members.map((each) => `${each}`);
  });
}
