// A client that is not ours, in a process of its own, as in a reader's terminal.
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';

/** Runs `wscat` for one message; gives all that it printed. */
export async function wscat(url: string, message: string): Promise<string> {
  const client = spawn(
    'node_modules/.bin/wscat',
    ['--no-color', '--no-check', '--connect', url, '--execute', message, '--wait', '1'],
    {
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  );
  const [out, errors] = await Promise.all([text(client.stdout), text(client.stderr)]);
  return out + errors;
}
