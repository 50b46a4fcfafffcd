// The first code in the guest: builds what a script sees, locks it, and hands the host the few functions that drive a run.
import { removeNewerBuiltins } from './absent.js';
import { createBuffer } from './buffer.js';
import { captureStackTrace } from './capture-stack.js';
import { createConsole } from './console.js';
import { createContext } from './context.js';
import { createHost } from './host.js';
import { lockDown } from './lockdown.js';
import { createRequire } from './require.js';
import { createSession } from './session.js';
import { describeThrown } from './thrown.js';
import { createTimers } from './timers.js';
import { createXmlGlobals } from './xml/global.js';

/** Modules that are made before the script asks: what every script of a WebSocket handshake asks for. */
const AT_HAND = ['crypto'];

/**
 * @param hostCall (callJson) => replyJson
 * @returns run: calls the script's function; fire: calls back a timer; describe: an error as JSON text
 */
export function start(hostCall) {
  const host = createHost(hostCall);
  const Buffer = createBuffer();
  const timers = createTimers(host);
  const console = createConsole(host);
  const xml = createXmlGlobals({ Buffer });
  const basis = { host, Buffer, xml, later: timers.later, when: timers.when };
  const context = createContext(basis);
  const session = createSession(basis);
  const require = createRequire({ ...basis, console, context, session });

  Math.random = () => (host.call('random') * 0x100000000 + host.call('random')) / 2 ** 64;
  removeNewerBuiltins();
  Object.defineProperty(Error, 'captureStackTrace', { value: captureStackTrace });
  const globals = { context, session, console, Buffer, ...timers.globals };
  for (const name of Object.keys(globals)) {
    Object.defineProperty(globalThis, name, {
      value: globals[name],
      writable: true,
      configurable: true,
      enumerable: false,
    });
  }
  for (const name of Object.keys(xml.getters)) {
    Object.defineProperty(globalThis, name, {
      get: xml.getters[name],
      configurable: true,
      enumerable: false,
    });
  }
  const run = (script) => {
    const module = { exports: {} };
    script(require, module, module.exports);
  };
  const { fire } = timers;
  lockDown([require]);
  for (const name of AT_HAND) require(name);
  return { run, fire, describe: describeThrown };
}
