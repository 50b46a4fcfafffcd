// A value as the console shows it, in the manner of Node 8: `{ a: 1, b: 'x' }`, two levels deep, 60 characters a line.
const { apply } = Reflect;
const { getPrototypeOf, getOwnPropertyDescriptor } = Object;
const { toISOString } = Date.prototype;
const regExpText = RegExp.prototype.toString;
const errorText = Error.prototype.toString;
const LINE = 60;
const MAX_ITEMS = 100;
const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/** `depth` is how many levels of objects are shown. */
export function inspect(value, depth = 2) {
  return show(value, depth, []);
}

function show(value, depth, above) {
  if (typeof value === 'string') return quote(value);
  if (Object.is(value, -0)) return '-0';
  if (typeof value !== 'object' && typeof value !== 'function') return String(value);
  if (value === null) return 'null';
  if (above.includes(value)) return '[Circular]';
  const special = plainText(value);
  const members = Object.keys(value);
  if (special !== undefined && (members.length === 0 || value instanceof Uint8Array)) return special;
  if (depth < 0) return Array.isArray(value) ? '[Array]' : '[Object]';
  return block(value, special, members, depth, [...above, value]);
}

/** What stands for a value that is no plain object: functions, dates, errors, Buffers. */
function plainText(value) {
  if (typeof value === 'function') {
    const name = getOwnPropertyDescriptor(value, 'name')?.value;
    return typeof name === 'string' && name !== '' ? `[Function: ${name}]` : '[Function]';
  }
  if (value instanceof Uint8Array) return bytes(value);
  if (value instanceof Date) return attempt(() => apply(toISOString, value, []), 'Invalid Date');
  if (value instanceof RegExp) return attempt(() => apply(regExpText, value, []), '[RegExp]');
  if (value instanceof Error) return attempt(() => apply(errorText, value, []), '[Error]');
  if (value instanceof Promise) return 'Promise { }';
  return undefined;
}

function block(value, special, members, depth, above) {
  const list = Array.isArray(value);
  const parts = [];
  if (list) {
    for (let i = 0; i < value.length && i < MAX_ITEMS; i += 1) parts.push(memberText(value, i, depth, above));
    more(parts, value.length);
  } else if (value instanceof Map) {
    for (const [key, each] of value)
      if (parts.length < MAX_ITEMS)
        parts.push(`${show(key, depth - 1, above)} => ${show(each, depth - 1, above)}`);
    more(parts, value.size);
  } else if (value instanceof Set) {
    for (const each of value) if (parts.length < MAX_ITEMS) parts.push(show(each, depth - 1, above));
    more(parts, value.size);
  }
  for (const key of members.slice(0, MAX_ITEMS)) {
    if (list && /^\d+$/.test(key)) continue;
    parts.push(`${IDENTIFIER.test(key) ? key : quote(key)}: ${memberText(value, key, depth, above)}`);
  }
  if (!list) more(parts, Math.max(parts.length, members.length));
  const [open, close] = list ? ['[', ']'] : ['{', '}'];
  const head = special ?? className(value, list);
  const start = head === '' ? open : `${head} ${open}`;
  if (parts.length === 0) return list ? '[]' : `${start}}`;
  const width = parts.reduce((sum, part) => sum + part.length + 2, start.length);
  if (width <= LINE && !parts.some((part) => part.includes('\n')))
    return `${start} ${parts.join(', ')} ${close}`;
  return `${start} ${parts.join(',\n').replace(/\n/g, '\n  ')} ${close}`;
}

function more(parts, total) {
  if (total > parts.length && parts.length >= MAX_ITEMS) parts.push(`... ${total - parts.length} more items`);
}

function memberText(owner, key, depth, above) {
  const descriptor = getOwnPropertyDescriptor(owner, key);
  if (!descriptor) return '';
  if (descriptor.get) return descriptor.set ? '[Getter/Setter]' : '[Getter]';
  if (descriptor.set) return '[Setter]';
  return show(descriptor.value, depth - 1, above);
}

function className(value, list) {
  if (list) return '';
  const prototype = getPrototypeOf(value);
  if (prototype === null) return '';
  const name = attempt(() => prototype.constructor.name, '');
  return typeof name === 'string' && name !== 'Object' ? name : '';
}

function bytes(value) {
  let text = '';
  for (let i = 0; i < value.length && i < 50; i += 1) text += ` ${value[i].toString(16).padStart(2, '0')}`;
  return `<Buffer${text}${value.length > 50 ? ' ... ' : ''}>`;
}

function quote(text) {
  const escaped = text
    .replace(/\\/g, '\\\\')
    .replace(/'/g, "\\'")
    .replace(/\n/g, '\\n')
    .replace(/\r/g, '\\r')
    .replace(/\t/g, '\\t');
  return `'${escaped}'`;
}

function attempt(read, fallback) {
  try {
    return read();
  } catch {
    return fallback;
  }
}
