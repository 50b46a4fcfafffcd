// What `node websocket_server.js` starts in a terminal: the reader's file where there is one, and else the tutorial's server shows itself.
import { UPPERCASE_PORT } from '../backend/network.ts';
import { ServerUnknown } from '../backend/own-server/own-servers.ts';
import { TooManyWatchers } from '../sandboxes/errors.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';
import type { OwnServer, ServerWatch, StartedServer } from '../terminal/command.ts';
import { problemOf } from './problem.ts';

const PORT = UPPERCASE_PORT;

export interface TerminalServerParts {
  sandbox: Pick<Sandbox, 'servers' | 'events'>;
  /** Counts a start of so many characters against the limits of deployments; rejects with the 429. */
  count(characters: number): Promise<void>;
}

/** Starting takes the place of what runs on the port, as a deployment does (lab's choice; with Node it would be `EADDRINUSE`). */
export function terminalServer({ sandbox, count }: TerminalServerParts): OwnServer {
  const { servers, events } = sandbox;

  async function startOwn(script: string, ofPage: boolean, watch: ServerWatch): Promise<StartedServer> {
    const which = ofPage ? 'Your file as it stands in the editor' : 'Your file as you last deployed it';
    const known = servers.list().find(({ port }) => port === PORT);
    const replaces =
      known?.state === 'running'
        ? ' The server that runs there is ended, and its clients are told 1012.'
        : '';
    watch.note(
      `${which}, on port ${PORT} of your organization.${replaces} Ctrl-C stops it; when you leave the page, it runs on.`,
    );
    await count(script.length);
    let left = false;
    const refusal = await servers.deploy(PORT, script, {
      console: (level, text) => left || watch.console(level, text),
      ended: (end) => left || watch.ended(end),
    });
    if (refusal) return { is: 'crashed', script, error: refusal.error };
    return {
      is: 'running',
      script,
      async stop() {
        try {
          await servers.kill(PORT);
          watch.note(`Stopped. On port ${PORT} the tutorial's own server answers again.`);
        } catch (error) {
          if (!(error instanceof ServerUnknown)) throw error;
        }
      },
      leave() {
        left = true;
      },
    };
  }

  function showTutorials(watch: ServerWatch): StartedServer {
    const leave = events.watch({
      event(event) {
        if (event.type === 'server-console' && event.port === PORT) watch.console(event.level, event.text);
      },
      // The terminal itself ends with the sandbox.
      end() {},
    });
    watch.note(
      `Your sandbox runs the tutorial's server already, on port ${PORT}, and you have changed nothing in it. Its console follows; Ctrl-C ends the showing, not the server.`,
    );
    return { is: 'running', script: '', stop: async () => {}, leave };
  }

  return {
    async start(file, watch) {
      const script = file ?? servers.scriptOf(PORT);
      try {
        return script === null ? showTutorials(watch) : await startOwn(script, file !== null, watch);
      } catch (error) {
        if (error instanceof TooManyWatchers)
          return {
            is: 'refused',
            why: 'As many watch your sandbox already as may. Close another tab of the lab.',
          };
        const problem = problemOf(error);
        if (!problem) throw error;
        return { is: 'refused', why: `${problem.message} ${problem.hint}` };
      }
    },
  };
}
