// `inspect` and `format` of Node's own `util`, which the console and `require('util')` share. They run in the guest, within its time and memory, and call no getters.
import './bare-atomics.js';
import util from 'node-inspect-extracted';

delete globalThis.Atomics;

export const { inspect, format, formatWithOptions, stripVTControlCharacters } = util;
