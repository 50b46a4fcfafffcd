// What Node.js 8.9.4's URL parser knows of protocols.

const SLASHED = new Set([
  'http',
  'http:',
  'https',
  'https:',
  'ftp',
  'ftp:',
  'gopher',
  'gopher:',
  'file',
  'file:',
]);

/** Always with `//`. */
export const isSlashed = (protocol) => SLASHED.has(protocol);

/** Never with a host, and its text is not escaped. */
export const isScript = (protocol) => protocol === 'javascript' || protocol === 'javascript:';
