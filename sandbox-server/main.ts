// Starts the lab and stops it: settings in, one URL a line out, an orderly end on a signal.
import { readConfig } from './config.ts';
import { PortUnavailable } from './http/listen.ts';
import { createLog } from './log.ts';
import { startServer } from './server.ts';

function refuse(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

function settings() {
  try {
    return readConfig(process.env);
  } catch (error) {
    refuse(error instanceof Error ? error.message : String(error));
  }
}

const config = settings();
// Standard output is for the URLs; whatever else there is to tell goes to the operator's log.
const log = createLog(config.LOG_LEVEL);

const lab = await startServer(config, { log }).catch((error: unknown) => {
  if (error instanceof PortUnavailable) refuse(error.message);
  refuse(`The lab cannot start: ${error instanceof Error ? error.message : String(error)}`);
});

const { urls } = lab;
process.stdout.write(`page     ${urls.page}\ngateway  ${urls.gateway}\nbackend  ${urls.backend}\n`);

/** A terminal's Ctrl-C comes twice, from the terminal and from `npm start` that passes it on: together they are one. */
const ONE_SIGNAL_MS = 500;

let stoppingSince: number | undefined;
async function stop(signal: NodeJS.Signals): Promise<void> {
  if (stoppingSince !== undefined) {
    // Who asks again does not want to wait.
    if (performance.now() - stoppingSince > ONE_SIGNAL_MS) process.exit(1);
    return;
  }
  stoppingSince = performance.now();
  log.info({ signal }, 'stopping');
  await lab.close();
  process.exit(0);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);

// Nothing is known of the state after an error that nobody caught: told, taken down, and left to be started again.
process.on('uncaughtException', (error) => {
  log.fatal({ err: error }, 'uncaught error');
  lab.close().finally(() => process.exit(1));
});
