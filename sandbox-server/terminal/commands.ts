// The programs that a terminal has.
import type { Command } from './command.ts';
import { curl } from './curl/curl.ts';
import { node } from './node.ts';
import { websocat } from './websocat/websocat.ts';

const help: Command = async (_, io, { endpoint }) => {
  io.note(
    [
      'The programs here run on the lab’s server, and reach your own endpoint only:',
      `  ${endpoint.wss}`,
      '',
      '  websocat    a WebSocket client: websocat -v --insecure <your endpoint>/websocket-upgrade',
      '  curl        an HTTP client: curl -i -k <the same, with https>',
      '  node        starts your server file: node websocket_server.js',
      '  clear       empties this screen',
      '  help        this list; each program has --help',
      '',
      'Ctrl-C ends a program, Ctrl-D ends its input. Your own terminal does as well: what it connects shows in the same log.',
      '',
    ].join('\n'),
  );
  return 0;
};

const COMMANDS = new Map<string, Command>([
  ['websocat', websocat],
  ['curl', curl],
  ['node', node],
  ['help', help],
]);

export const COMMAND_NAMES: readonly string[] = [...COMMANDS.keys()];

/** The program of this name; for another, what says that there is none. */
export function commandNamed(name: string): Command {
  return COMMANDS.get(name) ?? unknown(name);
}

/** As shells have it: 127 (Shell Command Language, §2.8.2). */
function unknown(name: string): Command {
  return async (_, io) => {
    io.stderr(`${name}: command not found\n`);
    io.note(`This terminal has ${COMMAND_NAMES.join(', ')} and clear.\n`);
    return 127;
  };
}
