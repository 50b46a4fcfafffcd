// What a reader may type after `gatewayscript`, and how a mistake in it is told.
import { parseArgs } from 'node:util';
import type { JsonObject } from '../gatewayscript/types.ts';

export const USAGE = `Usage: gatewayscript run <script.js> [--request <file.http>] [--property <name>=<value>]... [--variables <file.json>]
                                     [--urlopen <file.json>] [--parsed] [--log] [--json]

Runs a GatewayScript file as the lab's gateway does, and prints what the client would get.

  --request <file>          the client's request, as text: request line, headers, an empty line, the body;
                            without it a WebSocket handshake with a fresh key
  --property <name>=<value> an API property; may stand more than once
  --variables <file>        further context variables, as a tree in JSON: {"client": {"app": {"name": "my-app"}}}
  --urlopen <file>          answers that urlopen gets, in JSON: [{"target": "http://orders:3000/1", "body": "{}"}]
  --parsed                  the body is a tree, as after the policy parse
  --log                     prints the console as DataPower logs it
  --json                    prints what POST /api/runs answers, for other programs
  --help                    prints this

Ends with 0 when the script completed, with 1 when it did not, with 2 when the command cannot be understood.
`;

/** The command cannot be understood or its files not be read: the sentence goes to standard error, and the exit code is 2. */
export class UsageError extends Error {
  constructor(sentence: string) {
    super(sentence);
    this.name = 'UsageError';
  }
}

export interface RunCommand {
  scriptFile: string;
  requestFile: string | null;
  properties: JsonObject;
  variablesFile: string | null;
  urlopenFile: string | null;
  parsed: boolean;
  log: boolean;
  json: boolean;
}

/**
 * @param args what stands after the command's name
 * @returns `help` where that was asked for
 * @throws UsageError that names what is wrong
 */
export function parseCommand(args: readonly string[]): RunCommand | 'help' {
  const { values, positionals } = parsed(args);
  if (values.help) return 'help';
  const [command, scriptFile, ...rest] = positionals;
  if (command === undefined) throw new UsageError('There is no command; "run" is the one there is.');
  if (command !== 'run') throw new UsageError(`There is no command "${command}"; "run" is the one there is.`);
  if (scriptFile === undefined) throw new UsageError('The script is missing: gatewayscript run <script.js>.');
  if (rest.length > 0)
    throw new UsageError(`One script a run; what is ${rest.map((each) => `"${each}"`).join(', ')}?`);
  return {
    scriptFile,
    requestFile: values.request ?? null,
    properties: Object.fromEntries((values.property ?? []).map(property)),
    variablesFile: values.variables ?? null,
    urlopenFile: values.urlopen ?? null,
    parsed: values.parsed ?? false,
    log: values.log ?? false,
    json: values.json ?? false,
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        request: { type: 'string' },
        property: { type: 'string', multiple: true },
        variables: { type: 'string' },
        urlopen: { type: 'string' },
        parsed: { type: 'boolean' },
        log: { type: 'boolean' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** `name=value`; the value is text, and may hold further equals signs. */
function property(text: string): [name: string, value: string] {
  const equals = text.indexOf('=');
  if (equals < 1)
    throw new UsageError(`--property ${text}: a property is name=value, for example lab-echo=none.`);
  return [text.slice(0, equals), text.slice(equals + 1)];
}
