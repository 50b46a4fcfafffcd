// The first code in the guest of a learner's server: builds what the script finds around it, and hands the host the functions that drive it.
import { createHost } from '../../../gatewayscript/guest/host.js';
import { createTextEncoding } from '../../../gatewayscript/guest/modules/util/text-encoding.js';
import { createRequire } from '../../../gatewayscript/guest/require.js';
import { describeThrown } from '../../../gatewayscript/guest/thrown.js';
import { createBuffer } from './buffer.js';
import { createConsole, createPrint } from './console.js';
import { asInNode, haveErrorsAsInNode } from './errors.js';
import { createGlobals } from './globals.js';
import { createHttp } from './http/server.js';
import { createParse } from './json-parse.js';
import { writeLocally } from './local-text.js';
import { createProcess } from './process.js';
import { createSockets } from './sockets.js';
import { createTimers } from './timers.js';

const { stringify } = JSON;

/**
 * Nothing here is locked: the guest is the learner's alone, and what a script breaks in it is its own.
 * @param hostCall callJson => replyJson, or an ArrayBuffer for calls that give bytes
 * @returns run: calls the script's function; fire: hands over what the host has (0), or calls back a timer; describe: an error as JSON text
 */
export function start(hostCall) {
  const host = createHost(hostCall);
  const bytes = (name, ...args) => hostCall(stringify([name, ...args]));
  const Buffer = createBuffer(host, bytes);
  const { fire: fireTimer, later, globals: timers } = createTimers(host);
  const print = createPrint(host);
  const console = createConsole(host, print);
  const process = createProcess(host, print);
  const sockets = createSockets({ host, bytes, Buffer });
  const http = createHttp({ host, Buffer, later, sockets });
  const own = createGlobals({ host, Buffer });
  const { performance } = own;
  const find = createRequire({ host, Buffer, console, later, sockets, http, timers, performance });
  const require = (name) => {
    const bare = typeof name === 'string' ? name.replace(/^node:/, '') : name;
    if (bare === 'process') return process;
    if (bare === 'timers/promises') return find('timers').promises;
    if (OVER_TLS.has(bare)) throw new Error(withoutTls(bare));
    return find(bare);
  };

  Math.random = () => (host.call('random') * 0x100000000 + host.call('random')) / 2 ** 64;
  const text = createTextEncoding(Buffer);
  const globals = { console, process, Buffer, ...timers, ...own, ...text, global: globalThis };
  for (const [name, value] of Object.entries(globals)) define(name, { value, writable: true });
  for (const name of ['URL', 'URLSearchParams']) define(name, { get: () => require('node:url')[name] });
  define('crypto', { get: () => require('node:crypto').webcrypto });

  haveErrorsAsInNode();
  JSON.parse = createParse(host);
  writeLocally(host);

  return {
    run(script) {
      const module = { exports: {} };
      script.call(module.exports, module.exports, require, module, '/websocket_server.js', '/');
    },
    fire: (id) => (id === 0 ? sockets.take() : fireTimer(id)),
    describe(thrown) {
      if (thrown instanceof Error) asInNode(thrown);
      return describeThrown(thrown);
    },
  };
}

/** What scripts of servers ask for beside `http`. */
const OVER_TLS = new Set(['https', 'http2']);

function withoutTls(name) {
  return `require: there is no module '${name}' in the lab: the gateway speaks TLS, and HTTP/1.1 without it to this server; write require('http').createServer()`;
}

function define(name, descriptor) {
  Object.defineProperty(globalThis, name, { configurable: true, enumerable: false, ...descriptor });
}
