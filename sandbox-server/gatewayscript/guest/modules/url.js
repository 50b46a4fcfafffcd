// `require('url')`: Node.js 8.9.4's module, both its old parser and the standard's URL.
import { createLegacyUrl } from './url/legacy.js';
import { createWhatwgUrl } from './url/whatwg.js';

export default function createUrl(lab) {
  const legacy = createLegacyUrl(lab);
  const { isUrl, formatUrl, ...standard } = createWhatwgUrl(lab.host);
  return {
    ...legacy,
    format: (value, options) => (isUrl(value) ? formatUrl(value, options) : legacy.format(value)),
    ...standard,
  };
}
