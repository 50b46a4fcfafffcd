// Lists, maps and sets as `util.inspect` shows them, after Node.js 8.9.4 (LICENSE.node.txt).
import { formatPrimitive, formatProperty, formatValue } from './inspect.js';

const INDEX = /^(0|[1-9][0-9]*)$/;
const LAST_INDEX = 2 ** 32 - 2;

/** Holes are counted, not shown; what is no index comes after the items. */
export function formatArray(ctx, value, depth, keys) {
  const most = Math.min(Math.max(0, ctx.maxArrayLength), value.length);
  const isIndex = (key) => INDEX.test(key) && +key <= LAST_INDEX;
  const parts = [];
  let next = 0;
  for (const key of keys) {
    if (parts.length >= most || !isIndex(key)) break;
    if (+key > next) {
      parts.push(holes(ctx, +key - next));
      next = +key;
      if (parts.length >= most) break;
    }
    parts.push(formatProperty(ctx, value, depth, key, 'item'));
    next += 1;
  }
  if (next < value.length && parts.length < most) {
    parts.push(holes(ctx, value.length - next));
    next = value.length;
  }
  if (value.length > next) parts.push(moreItems(value.length - next));
  for (const key of keys) if (!isIndex(key)) parts.push(formatProperty(ctx, value, depth, key, 'extra'));
  return parts;
}

function holes(ctx, count) {
  return ctx.stylize(`<${count} empty item${count > 1 ? 's' : ''}>`, 'undefined');
}

function moreItems(count) {
  return `... ${count} more item${count > 1 ? 's' : ''}`;
}

export function formatTypedArray(ctx, value, depth, keys) {
  const most = Math.min(Math.max(0, ctx.maxArrayLength), value.length);
  const parts = [];
  for (let i = 0; i < most; i += 1) parts.push(formatPrimitive(ctx.stylize, value[i]));
  if (value.length > most) parts.push(moreItems(value.length - most));
  if (ctx.showHidden) {
    for (const key of ['BYTES_PER_ELEMENT', 'length', 'byteLength', 'byteOffset', 'buffer']) {
      parts.push(`[${key}]: ${formatValue(ctx, value[key], depth)}`);
    }
  }
  for (const key of keys.slice(value.length)) parts.push(formatProperty(ctx, value, depth, key, 'extra'));
  return parts;
}

export function formatSet(ctx, value, depth, keys) {
  const parts = [...value].map((each) => formatValue(ctx, each, depth));
  return [...parts, ...sizeAndMembers(ctx, value, depth, keys)];
}

export function formatMap(ctx, value, depth, keys) {
  const parts = [...value].map(
    ([key, each]) => `${formatValue(ctx, key, depth)} => ${formatValue(ctx, each, depth)}`,
  );
  return [...parts, ...sizeAndMembers(ctx, value, depth, keys)];
}

function sizeAndMembers(ctx, value, depth, keys) {
  const size = ctx.showHidden ? [`[size]: ${ctx.stylize(`${value.size}`, 'number')}`] : [];
  return [...size, ...keys.map((key) => formatProperty(ctx, value, depth, key, 'member'))];
}
