// `process`, as far as a server's script has use for it: `env.PORT` is the port that it is deployed to.
import { currentPlace } from '../../../gatewayscript/guest/place.js';

export function createProcess(host) {
  let env;
  const process = {
    argv: ['node', 'websocket_server.js'],
    platform: 'linux',
    pid: 1,
    /** Made at the first use: before the script runs no host answers. */
    get env() {
      env ??= { PORT: `${host.call('port')}` };
      return env;
    },
    uptime: () => host.call('uptime'),
    nextTick: (callback, ...args) => void Promise.resolve().then(() => callback(...args)),
    exit(code) {
      const { line, column } = currentPlace();
      host.call('exit', Number(code ?? 0) | 0, line, column);
      // The host stops what comes after: nobody can catch that.
      for (;;);
    },
    /** Signals never come here, and an error that nobody catches ends the server: listeners for them are taken and not called. */
    on: () => process,
    once: () => process,
    off: () => process,
  };
  return process;
}
