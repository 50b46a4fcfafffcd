// `util.inspect`: a value as text, after Node.js 8.9.4 (LICENSE.node.txt), with what cannot be looked into here left out: promises, proxies, iterators.
import { formatArray, formatMap, formatSet, formatTypedArray } from './inspect-collections.js';
import { errorText } from './inspect-error.js';
import {
  isArrayBuffer,
  isDataView,
  isDate,
  isError,
  isMap,
  isPromise,
  isRegExp,
  isSet,
  isTypedArray,
  tag,
} from './kinds.js';
import { quoted, quotedKey } from './quote.js';

const { apply } = Reflect;
const { getOwnPropertyDescriptor, getPrototypeOf } = Object;
const isEnumerable = Object.prototype.propertyIsEnumerable;
const { toISOString } = Date.prototype;
const regExpText = RegExp.prototype.toString;
const IDENTIFIER = /^[a-zA-Z_][a-zA-Z_0-9]*$/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: a colour begins with the escape character
const COLOUR = /\u001b\[\d\d?m/g;

/** The name that Node's later versions and the npm package `buffer` share. */
const custom = Symbol.for('nodejs.util.inspect.custom');

const defaultOptions = Object.seal({
  showHidden: false,
  depth: 2,
  colors: false,
  customInspect: true,
  showProxy: false,
  maxArrayLength: 100,
  breakLength: 60,
});

/** @param options as in Node 8, or `showHidden`, `depth`, `colors` one after the other */
export function inspect(value, options, ...legacy) {
  const ctx = { seen: [], indentation: 0, stylize: (text) => text, ...defaultOptions };
  const [depth, colors] = legacy;
  if (depth !== undefined) ctx.depth = depth;
  if (colors !== undefined) ctx.colors = colors;
  if (typeof options === 'boolean') ctx.showHidden = options;
  else if (options) for (const key of Object.keys(options)) ctx[key] = options[key];
  if (ctx.colors) ctx.stylize = coloured;
  if (ctx.maxArrayLength === null) ctx.maxArrayLength = Infinity;
  return formatValue(ctx, value, ctx.depth);
}

inspect.custom = custom;
inspect.colors = Object.assign(Object.create(null), {
  bold: [1, 22],
  italic: [3, 23],
  underline: [4, 24],
  inverse: [7, 27],
  white: [37, 39],
  grey: [90, 39],
  black: [30, 39],
  blue: [34, 39],
  cyan: [36, 39],
  green: [32, 39],
  magenta: [35, 39],
  red: [31, 39],
  yellow: [33, 39],
});
inspect.styles = Object.assign(Object.create(null), {
  special: 'cyan',
  number: 'yellow',
  boolean: 'yellow',
  undefined: 'grey',
  null: 'bold',
  string: 'green',
  symbol: 'green',
  date: 'magenta',
  regexp: 'red',
});
Object.defineProperty(inspect, 'defaultOptions', {
  get: () => defaultOptions,
  set(options) {
    if (options === null || typeof options !== 'object') throw new TypeError('"options" must be an object');
    Object.assign(defaultOptions, options);
  },
});

function coloured(text, style) {
  const colour = inspect.colors[inspect.styles[style]];
  return colour === undefined ? text : `\u001b[${colour[0]}m${text}\u001b[${colour[1]}m`;
}

/** `depth`: levels still shown, `null` for all. `ownLine`: whether a value over several lines starts on a line of its own. */
export function formatValue(ctx, value, depth, ownLine) {
  if (value === null || (typeof value !== 'object' && typeof value !== 'function'))
    return formatPrimitive(ctx.stylize, value);
  if (ctx.customInspect) {
    const own = value[custom] || value.inspect;
    const isPrototype = value.constructor && value.constructor.prototype === value;
    if (typeof own === 'function' && own !== inspect && !isPrototype) {
      const shown = apply(own, value, [depth, ctx]);
      if (shown !== value) return typeof shown === 'string' ? shown : formatValue(ctx, shown, depth);
    }
  }

  let symbols = Object.getOwnPropertySymbols(value);
  if (!ctx.showHidden) symbols = symbols.filter((key) => apply(isEnumerable, value, [key]));
  const names = ctx.showHidden ? Object.getOwnPropertyNames(value) : Object.keys(value);
  const shape = shapeOf(ctx, value, names, names.length + symbols.length, depth);
  if (shape.text !== undefined) return shape.text;
  if (ctx.seen.includes(value)) return ctx.stylize('[Circular]', 'special');
  if (depth !== null && depth !== undefined && depth < 0)
    return ctx.stylize(Array.isArray(value) ? '[Array]' : '[Object]', 'special');

  const below = depth === null || depth === undefined ? depth : depth - 1;
  ctx.seen.push(value);
  const format = shape.format ?? formatObject;
  const parts = format(ctx, value, below, shape.keys ?? names);
  for (const symbol of symbols) parts.push(formatProperty(ctx, value, below, symbol, 'member'));
  ctx.seen.pop();
  return joined(ctx, parts, shape.base ?? '', shape.open ?? '{', shape.close ?? '}', ownLine);
}

/** Either the whole `text`, or how the members are shown: `format`, `open` and `close`, `base` before them, and their `keys`. */
function shapeOf(ctx, value, names, members, depth) {
  const maker = constructorOf(value);
  const className = maker?.name ? `${maker.name} ` : '';
  if (value[Symbol.iterator]) {
    const iterable = iterableShape(ctx, value, names, members, className);
    if (iterable) return iterable;
  }
  if (className === 'Object ') return members === 0 ? { text: '{}' } : {};
  const alone = (text, style, base = text) =>
    members === 0 ? { text: ctx.stylize(text, style) } : { base: ` ${base}` };
  if (typeof value === 'function')
    return alone(`[${maker?.name ?? 'Function'}${value.name ? `: ${value.name}` : ''}]`, 'special');
  if (isRegExp(value)) {
    const text = apply(regExpText, value, []);
    return depth < 0 ? { text: ctx.stylize(text, 'regexp') } : alone(text, 'regexp');
  }
  if (isDate(value))
    return alone(Number.isNaN(+value) ? 'Invalid Date' : apply(toISOString, value, []), 'date');
  if (isError(value)) return members === 0 ? { text: errorText(value) } : { base: ` ${errorText(value)}` };
  if (isArrayBuffer(value)) {
    if (members === 0)
      return { text: `${className}{ byteLength: ${formatPrimitive(ctx.stylize, value.byteLength)} }` };
    return { open: `${className}{`, keys: ['byteLength', ...names] };
  }
  if (isDataView(value))
    return { open: `${className}{`, keys: ['byteLength', 'byteOffset', 'buffer', ...names] };
  if (isPromise(value)) return members === 0 ? { text: `${className}{ }` } : { open: `${className}{` };
  const raw = unboxed(value);
  if (typeof raw === 'number') return alone(`[Number: ${formatPrimitive(plain, raw)}]`, 'number');
  if (typeof raw === 'boolean') return alone(`[Boolean: ${raw}]`, 'boolean');
  if (typeof raw === 'symbol') return { text: ctx.stylize(`[Symbol: ${raw.toString()}]`, 'symbol') };
  return members === 0 ? { text: `${className}{}` } : { open: `${className}{` };
}

function iterableShape(ctx, value, names, members, className) {
  if (Array.isArray(value)) {
    const open = `${className === 'Array ' ? '' : className}[`;
    return value.length === 0 && members === 0
      ? { text: `${open}]` }
      : { format: formatArray, open, close: ']' };
  }
  for (const [is, format] of [
    [isSet, formatSet],
    [isMap, formatMap],
  ]) {
    if (is(value))
      return value.size === 0 && members === 0
        ? { text: `${className}{}` }
        : { format, open: `${className}{` };
  }
  if (isTypedArray(value)) return { format: formatTypedArray, open: `${className}[`, close: ']' };
  if (tag(value) === '[object Map Iterator]') return { format: () => [], open: 'MapIterator {' };
  if (tag(value) === '[object Set Iterator]') return { format: () => [], open: 'SetIterator {' };
  const raw = unboxed(value);
  if (typeof raw !== 'string') return undefined;
  const text = `[String: ${quoted(raw)}]`;
  // Its characters are members too, and would only repeat it.
  return members === raw.length
    ? { text: ctx.stylize(text, 'string') }
    : { base: ` ${text}`, keys: names.slice(value.length) };
}

export function formatPrimitive(stylize, value) {
  if (typeof value === 'string') return stylize(quoted(value), 'string');
  if (Object.is(value, -0)) return stylize('-0', 'number');
  return stylize(String(value), value === null ? 'null' : typeof value);
}

function formatObject(ctx, value, depth, keys) {
  return keys.map((key) => formatProperty(ctx, value, depth, key, 'member'));
}

/** `as`: `member` of an object, `item` of a list, which shows no name, or a list's further `extra`. */
export function formatProperty(ctx, owner, depth, key, as) {
  const descriptor = getOwnPropertyDescriptor(owner, key) ?? { value: owner[key], enumerable: true };
  const text = propertyText(ctx, descriptor, depth, as);
  if (as === 'item') return text;
  if (typeof key === 'symbol') return `[${ctx.stylize(key.toString(), 'symbol')}]: ${text}`;
  if (descriptor.enumerable === false) return `[${key}]: ${text}`;
  return `${IDENTIFIER.test(key) ? ctx.stylize(key, 'name') : ctx.stylize(quotedKey(key), 'string')}: ${text}`;
}

function propertyText(ctx, { value, get, set }, depth, as) {
  if (value !== undefined) {
    const indent = as === 'member' ? 3 : 2;
    ctx.indentation += indent;
    const text = formatValue(ctx, value, depth, as === 'member');
    ctx.indentation -= indent;
    return text;
  }
  if (get !== undefined) return ctx.stylize(set === undefined ? '[Getter]' : '[Getter/Setter]', 'special');
  return set === undefined ? ctx.stylize('undefined', 'undefined') : ctx.stylize('[Setter]', 'special');
}

/** One line where it fits `breakLength`, else a line for each part. */
function joined(ctx, parts, base, open, close, ownLine) {
  if (parts.length * 2 <= ctx.breakLength) {
    const length = parts.reduce(
      (sum, part) => sum + (ctx.colors ? part.replace(COLOUR, '') : part).length + 1,
      0,
    );
    if (length <= ctx.breakLength) return `${open}${base} ${parts.join(', ')} ${close}`;
  }
  const indentation = ' '.repeat(ctx.indentation);
  const before = ownLine === true ? `\n${indentation}` : '';
  const after = base === '' && open.length === 1 ? ' ' : `${base}\n${indentation}  `;
  return `${before}${open}${after}${parts.join(`,\n${indentation}  `)} ${close}`;
}

function constructorOf(value) {
  for (let each = value; each; each = getPrototypeOf(each)) {
    const found = getOwnPropertyDescriptor(each, 'constructor');
    if (!found) continue;
    // On the lab's locked prototypes it is a getter.
    const maker = found.get ? apply(found.get, each, []) : found.value;
    if (typeof maker === 'function' && maker.name !== '') return maker;
  }
  return null;
}

function unboxed(value) {
  try {
    return value.valueOf();
  } catch {
    return undefined;
  }
}

function plain(text) {
  return text;
}
