// `node websocket_server.js`: the tutorial's server, which the sandbox runs; the program shows that server's own console.
import { basename } from 'node:path';
import type { Command } from './command.ts';

/** Names that the tutorial's file goes by. */
const FILES = ['websocket_server.js', 'server.js'];

export const nodeHelp = `node ${FILES[0]}: starts the tutorial's server in your sandbox, and shows its console\n`;

export const node: Command = async (words, io, { server }) => {
  const [file, ...more] = words;
  if (file === undefined || more.length > 0 || file.startsWith('-') || !FILES.includes(basename(file))) {
    io.note(`The one file here is the tutorial's server. Write node ${FILES[0]}, or node ${FILES[1]}.\n`);
    return 1;
  }
  const ended = Promise.withResolvers<void>();
  io.signal.addEventListener('abort', () => ended.resolve(), { once: true });
  const { port, note } = await server.start(basename(file));
  const stop = server.follow(port, (text) => io.stdout(`${text}\n`));
  if (stop === null) {
    io.note('As many watch your sandbox already as may. Close another tab of the lab.\n');
    return 1;
  }
  try {
    io.note(`${note}\n`);
    if (!io.signal.aborted) await ended.promise;
  } finally {
    stop();
  }
  return 0;
};
