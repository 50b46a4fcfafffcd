// The command `gatewayscript`: arguments in, a run's report out, and an exit code that a CI can rely on.
import { readConfig } from '../config.ts';
import { report } from './report.ts';
import { runFile } from './run-file.ts';
import { parseCommand, USAGE, UsageError } from './usage.ts';

const COMPLETED = 0;
const NOT_COMPLETED = 1;
const NOT_UNDERSTOOD = 2;

async function main(args: readonly string[]): Promise<number> {
  const command = parseCommand(args);
  if (command === 'help') {
    process.stdout.write(USAGE);
    return COMPLETED;
  }
  const answer = await runFile(command, settings());
  process.stdout.write(
    command.json ? `${JSON.stringify(answer, null, 2)}\n` : report(answer, command.scriptFile, command.log),
  );
  return answer.outcome === 'completed' ? COMPLETED : NOT_COMPLETED;
}

/** The limits are those of the server, and so are their names in the environment. */
function settings() {
  try {
    return readConfig(process.env);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

// Who reads with `head` closes the pipe early, which is no fault.
process.stdout.on('error', () => process.exit());

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  const sentence = error instanceof Error ? error.message : String(error);
  if (error instanceof UsageError) {
    process.stderr.write(`gatewayscript: ${sentence}\nSee gatewayscript --help.\n`);
    return NOT_UNDERSTOOD;
  }
  process.stderr.write(`gatewayscript: the script could not be run: ${sentence}\n`);
  return NOT_COMPLETED;
});
