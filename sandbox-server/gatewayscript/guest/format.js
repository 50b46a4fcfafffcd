// The text of a console call: sprintf formats, positional ones too; what no format takes is inspected, so strings come out quoted.
import { inspect } from './inspect.js';

const DIRECTIVE = /%(?:(\d{1,2})\$)?([-+0 ]*)(\d{0,3})(?:\.(\d{1,2}))?([sdifjoxXc%])/g;
const { stringify } = JSON;

export function format(args) {
  if (args.length === 0) return '';
  const [first, ...rest] = args;
  if (typeof first !== 'string') return args.map((each) => inspect(each)).join(' ');
  const used = new Set();
  let next = 0;
  const text = first.replace(DIRECTIVE, (directive, position, flags, width, precision, kind) => {
    if (kind === '%') return '%';
    const index = position === undefined ? next++ : position - 1;
    if (index < 0 || index >= rest.length) return directive;
    used.add(index);
    return padded(converted(kind, rest[index], precision, flags), flags, +width);
  });
  const others = rest.filter((_value, index) => !used.has(index));
  return [text, ...others.map((each) => inspect(each))].join(' ');
}

function converted(kind, value, precision, flags) {
  const sign = (number) => (flags.includes('+') && number >= 0 ? `+${number}` : `${number}`);
  switch (kind) {
    case 's':
      return cut(
        typeof value === 'string'
          ? value
          : typeof value === 'object' && value !== null
            ? inspect(value, 0)
            : String(value),
        precision,
      );
    case 'd':
      return sign(Number(value));
    case 'i':
      return sign(parseInt(value, 10));
    case 'f':
      return precision === undefined ? sign(parseFloat(value)) : sign(parseFloat(value).toFixed(+precision));
    case 'x':
      return Number(value).toString(16);
    case 'X':
      return Number(value).toString(16).toUpperCase();
    case 'c':
      return typeof value === 'number' ? String.fromCharCode(value) : String(value).slice(0, 1);
    case 'j':
      return json(value);
    default:
      return inspect(value);
  }
}

function json(value) {
  try {
    return `${stringify(value)}`;
  } catch (error) {
    if (error instanceof TypeError && `${error.message}`.includes('circular')) return '[Circular]';
    throw error;
  }
}

function cut(text, precision) {
  return precision === undefined ? text : text.slice(0, +precision);
}

function padded(text, flags, width) {
  if (flags.includes('-')) return text.padEnd(width);
  return text.padStart(width, flags.includes('0') ? '0' : ' ');
}
