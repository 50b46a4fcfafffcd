// `process`, as far as a server's script has use for it: `env.PORT` is the port that it is deployed to.
import { currentPlace } from '../../../gatewayscript/guest/place.js';

export function createProcess(host, print) {
  let env;
  const nanoseconds = () => BigInt(Math.round(host.call('uptime') * 1e9));
  /** Whole seconds and nanoseconds, since `before` where that is given. */
  function hrtime(before) {
    const now = nanoseconds();
    const since = before ? now - BigInt(before[0]) * 1_000_000_000n - BigInt(before[1]) : now;
    return [Number(since / 1_000_000_000n), Number(since % 1_000_000_000n)];
  }
  hrtime.bigint = nanoseconds;
  /** Each write is a line of its own on the console. */
  const stream = (level) => ({
    isTTY: false,
    write(text) {
      print(level, `${text}`.replace(/\n$/, ''));
      return true;
    },
  });
  const process = {
    argv: ['node', 'websocket_server.js'],
    platform: 'linux',
    pid: 1,
    /** Made at the first use: before the script runs no host answers. */
    get env() {
      env ??= { PORT: `${host.call('port')}` };
      return env;
    },
    hrtime,
    stdout: stream('log'),
    stderr: stream('error'),
    cwd: () => '/',
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
