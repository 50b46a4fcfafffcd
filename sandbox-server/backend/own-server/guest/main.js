// The first code in the guest of a learner's server: builds what the script finds around it, and hands the host the functions that drive it.
import { createHost } from '../../../gatewayscript/guest/host.js';
import { createTextEncoding } from '../../../gatewayscript/guest/modules/util/text-encoding.js';
import { createRequire } from '../../../gatewayscript/guest/require.js';
import { describeThrown } from '../../../gatewayscript/guest/thrown.js';
import { createBuffer } from './buffer.js';
import { createConsole } from './console.js';
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
  const console = createConsole(host);
  const process = createProcess(host);
  const sockets = createSockets({ host, bytes, Buffer });
  const find = createRequire({ host, Buffer, console, later, sockets });
  const require = (name) => {
    const bare = typeof name === 'string' ? name.replace(/^node:/, '') : name;
    if (HTTP.has(bare)) throw new Error(withoutHttp(bare, host.call('port')));
    return find(bare);
  };

  Math.random = () => (host.call('random') * 0x100000000 + host.call('random')) / 2 ** 64;
  const globals = { console, process, Buffer, ...timers, ...createTextEncoding(Buffer), global: globalThis };
  for (const [name, value] of Object.entries(globals)) define(name, { value, writable: true });
  define('queueMicrotask', { value: (callback) => void Promise.resolve().then(callback), writable: true });
  for (const name of ['URL', 'URLSearchParams']) define(name, { get: () => require('node:url')[name] });

  return {
    run(script) {
      const module = { exports: {} };
      script.call(module.exports, module.exports, require, module, '/websocket_server.js', '/');
    },
    fire: (id) => (id === 0 ? sockets.take() : fireTimer(id)),
    describe: describeThrown,
  };
}

/** What scripts of servers ask for to attach their WebSocketServer to. */
const HTTP = new Set(['http', 'https', 'http2']);

function withoutHttp(name, port) {
  return `require: there is no module '${name}' in the lab: the WebSocketServer listens by itself, without an HTTP server; write new WebSocketServer({ port: ${port} }), and in place of your own routes and certificates take the gateway's`;
}

function define(name, descriptor) {
  Object.defineProperty(globalThis, name, { configurable: true, enumerable: false, ...descriptor });
}
