// Half surrogate pairs as Node.js 8.9.4 encodes them: each is joined with whatever follows it.
const { fromCodePoint } = String;

/** Half a pair at the very end stays, and `encodeURIComponent` fails on it. */
export function wholePairs(text) {
  return text.replace(/[\ud800-\udfff]([\s\S])/g, (pair, next) =>
    joined(pair.charCodeAt(0), next.charCodeAt(0)),
  );
}

/** Half a pair at the very end is joined with nothing. */
export function wholePairsToTheEnd(text) {
  return wholePairs(text).replace(/[\ud800-\udfff]$/u, (half) => joined(half.charCodeAt(0), 0));
}

function joined(first, second) {
  return fromCodePoint(0x10000 + (((first & 0x3ff) << 10) | (second & 0x3ff)));
}
