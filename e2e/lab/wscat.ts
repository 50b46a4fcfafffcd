// A client that is not ours, in a process of its own, as in a reader's terminal.
import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Runs `wscat` for one message; gives all that it printed. It is ended with the reply, as by Ctrl-D; where it cannot connect it ends by itself. */
export async function wscat(url: string, message: string): Promise<string> {
  const client = spawn(
    'node_modules/.bin/wscat',
    ['--no-color', '--no-check', '--connect', url, '--execute', message, '--wait', '30'],
    {
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  );
  let printed = '';
  for (const stream of [client.stdout, client.stderr])
    stream.on('data', (chunk) => {
      printed += chunk;
      if (/Processed message: .*\n/.test(printed)) client.stdin.end();
    });
  await once(client, 'close');
  return printed;
}
