// `util.format`: printf-like text, after Node.js 8.9.4 (LICENSE.node.txt). Not the console's format, which quotes further strings.
import { inspect } from './inspect.js';

const { stringify } = JSON;
const PLACEHOLDER = /%[sdifjoO%]/g;

export function format(...args) {
  const [first, ...rest] = args;
  if (typeof first !== 'string') return args.map((each) => inspect(each)).join(' ');
  if (rest.length === 0) return first;
  let next = 0;
  const text = first.replace(PLACEHOLDER, (placeholder) => {
    if (placeholder === '%%') return '%';
    return next < rest.length ? converted(placeholder, rest[next++]) : placeholder;
  });
  const others = rest.slice(next).map((each) => {
    const shown = (typeof each === 'object' && each !== null) || typeof each === 'symbol';
    return shown ? inspect(each) : `${each}`;
  });
  return [text, ...others].join(' ');
}

function converted(placeholder, value) {
  switch (placeholder) {
    case '%s':
      return String(value);
    case '%d':
      return `${Number(value)}`;
    case '%i':
      return `${parseInt(value, 10)}`;
    case '%f':
      return `${parseFloat(value)}`;
    case '%j':
      return json(value);
    case '%o':
      return inspect(value, { showHidden: true, depth: 4, showProxy: true });
    default:
      return inspect(value);
  }
}

function json(value) {
  try {
    return stringify(value);
  } catch (error) {
    if (`${error.message}`.includes('circular')) return '[Circular]';
    throw error;
  }
}
