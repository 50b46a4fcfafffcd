// All that a page needs to read a link and to keep the reader's own beside it, fetched only where there is one.
export { canKeep, partsAlike, readOwnWork, writeOwnWork } from './own-work.ts';
export { readLink } from './read-link.ts';
export { listed, partsOf } from './shared-work.ts';
