// `node websocket_server.js`: starts the reader's server file on its port in the sandbox, and is its process: its console, Ctrl-C, its end.
import { basename } from 'node:path';
import type { ServerEnd } from '../backend/own-server/deployed.ts';
import type { Command } from './command.ts';
import { wasInterrupted } from './ended.ts';
import { uncaught } from './uncaught.ts';

/** Names that the tutorial's file goes by. */
const FILES = ['websocket_server.js', 'server.js'];

export const node: Command = async (words, io, { server }) => {
  const [path, ...more] = words;
  const file = basename(path ?? '');
  if (more.length > 0 || file.startsWith('-') || !FILES.includes(file)) {
    io.note(`The one file here is the server's. Write node ${FILES[0]}, or node ${FILES[1]}.\n`);
    return 1;
  }
  /** `null` where it was ended from outside. */
  const over = Promise.withResolvers<ServerEnd | null>();
  io.signal.addEventListener('abort', () => over.resolve(null), { once: true });
  const started = await server.start(io.file, {
    note: (text) => io.note(`${text}\n`),
    console: (level, text) => (level === 'error' ? io.stderr : io.stdout)(`${text}\n`),
    ended: over.resolve,
  });
  if (started.is === 'refused') {
    io.note(`${started.why}\n`);
    return 1;
  }
  if (started.is === 'crashed') {
    io.stderr(uncaught(file, started.script, started.error));
    io.note('It does not start. What ran on the port before runs on.\n');
    return 1;
  }
  const end = io.signal.aborted ? null : await over.promise;
  if (end === null) {
    if (wasInterrupted(io.signal)) await started.stop();
    started.leave();
    return 0;
  }
  if (end.how === 'ended') return 0;
  if (end.how === 'crashed') {
    io.stderr(uncaught(file, started.script, end.error));
    return 1;
  }
  io.note(
    end.how === 'replaced'
      ? 'Ended: another start or deployment has taken its port.\n'
      : 'Ended: the page’s Stop took it away.\n',
  );
  return TERMINATED;
};

/** What a shell shows of a program that another has ended: 128 and the number of SIGTERM. */
const TERMINATED = 143;
