// websocat's command line, as far as the lessons use it, with the words in which it refuses (clap 2, as published).
import { isFieldValue, isToken } from '../../gateway/handshake/headers.ts';
import type { Header } from '../../gatewayscript/types.ts';
import {
  isGiven,
  listOptions,
  nameOptions,
  OptionFault,
  type OptionKind,
  type ParsedOptions,
  parseOptions,
  valuesOf,
} from '../line/parse-options.ts';

const KINDS: readonly OptionKind[] = [
  { short: 'v', long: 'verbose', shortOnly: true, says: 'Tells what happens.' },
  { short: 'k', long: 'insecure', says: 'Accepts a certificate that nobody vouches for.' },
  {
    short: 'H',
    long: 'header',
    value: 'custom_headers',
    greedy: true,
    says: "Adds a header: -H='Name: value'. Without the = it takes the words behind it, too.",
  },
  { long: 'protocol', value: 'websocket_protocol', says: 'Offers this subprotocol.' },
  { short: 'b', long: 'binary', says: 'Sends binary messages.' },
  { short: 't', long: 'text', says: 'Sends text messages, a line each. The default.' },
  { long: 'ping-interval', value: 'ws_ping_interval', says: 'Sends a ping each so many seconds.' },
  { short: '1', long: 'one-message', says: 'Sends one message, receives one message.' },
  { short: 'n', long: 'no-close', says: 'Sends no Close frame when its input ends.' },
];

export interface WebsocatOptions {
  url: string;
  verbose: boolean;
  insecure: boolean;
  headers: Header[];
  protocol: string | null;
  binary: boolean;
  /** Seconds; `null` for none. */
  pingInterval: number | null;
  oneMessage: boolean;
  noClose: boolean;
}

/** What it prints instead of running; the lab's note follows it. */
export interface WebsocatRefusal {
  stderr: string;
  note: string;
}

export const websocatHelp = `websocat, as far as this lab has it:\n${listOptions(KINDS)}`;
const OPTION_NAMES = nameOptions('websocat', KINDS);

const USAGE =
  '\nUSAGE:\n    websocat ws://URL | wss://URL               (simple client)\n\nFor more information try --help\n';

class Refused extends Error {
  readonly refusal: WebsocatRefusal;
  constructor(stderr: string, note = OPTION_NAMES) {
    super(stderr);
    this.refusal = { stderr, note };
  }
}

const usageError = (sentence: string) => new Refused(`error: ${sentence}\n${USAGE}`);

/** Options from the words behind `websocat`. */
export function readWebsocatOptions(words: readonly string[]): WebsocatOptions | WebsocatRefusal {
  try {
    return optionsOf(words);
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    if (error instanceof OptionFault) return faultOf(error).refusal;
    throw error;
  }
}

function optionsOf(words: readonly string[]): WebsocatOptions {
  const parsed = parseOptions(words, KINDS, { equals: true });
  for (const kind of KINDS) {
    const times = parsed.given.filter((given) => given.kind === kind).length;
    if (times > 1 && !kind.greedy && kind.short !== 'v')
      throw usageError(
        `The argument '${nameOf(kind)}' was provided more than once, but cannot be used multiple times`,
      );
  }
  const headers = valuesOf(parsed, 'header').map(headerOf);
  const pingInterval = secondsOf(parsed);
  const [url, other, third] = parsed.rest;
  if (third !== undefined)
    throw usageError(`Found argument '${third}' which wasn't expected, or isn't valid in this context`);
  if (isGiven(parsed, 'binary') && isGiven(parsed, 'text'))
    throw new Refused('websocat: --binary and --text are mutually exclusive\n');
  if (url === undefined)
    throw new Refused(
      'websocat: No URL specified. Use `websocat --help` to show the help message.\n',
      headers.length > 1 && valuesOf(parsed, 'header').some((value) => /^wss?:/.test(value))
        ? "-H has taken the URL for one more header. Write -H='Name: value', with the =.\n"
        : OPTION_NAMES,
    );
  if (other !== undefined)
    throw new Refused('', 'The lab has websocat as a simple client: with one URL, and no second address.\n');
  if (!/^wss?:\/\//.test(url))
    throw new Refused(
      'Specify ws:// or wss:// URI to connect to a websocket\nwebsocat: Invalid command-line parameters\n',
      '',
    );
  return {
    url,
    verbose: isGiven(parsed, 'verbose'),
    insecure: isGiven(parsed, 'insecure'),
    headers,
    protocol: protocolOf(parsed),
    binary: isGiven(parsed, 'binary'),
    pingInterval,
    oneMessage: isGiven(parsed, 'one-message'),
    noClose: isGiven(parsed, 'no-close'),
  };
}

function faultOf({ what, option, kind }: OptionFault): Refused {
  if (what === 'no-value' && kind)
    return usageError(`The argument '${nameOf(kind)}' requires a value but none was supplied`);
  if (what === 'surplus-value') return usageError(`The argument '${option}' takes no value`);
  return usageError(`Found argument '${option}' which wasn't expected, or isn't valid in this context`);
}

/** As its messages name it: `--header <custom_headers>...`. */
function nameOf({ long, value, greedy }: OptionKind): string {
  return `--${long}${value === undefined ? '' : ` <${value}>`}${greedy ? '...' : ''}`;
}

/** Name and value are divided by a colon, and one space if there is one. */
function headerOf(text: string): Header {
  const colon = text.indexOf(':');
  if (colon === -1)
    throw usageError(
      "Invalid value for '--header <custom_headers>...': Argument to --header must contain `:` character",
    );
  const name = text.slice(0, colon);
  const value = text.slice(colon + 1).replace(/^ /, '');
  // What websocat would send all the same is no head any more: the lab sends none of it.
  if (!isToken(name) || !isFieldValue(value))
    throw new Refused('', `${JSON.stringify(text)} has signs that a header cannot have (RFC 9110 §5).\n`);
  return [name, value];
}

function protocolOf(parsed: ParsedOptions): string | null {
  const [protocol] = valuesOf(parsed, 'protocol');
  if (protocol === undefined) return null;
  if (!isFieldValue(protocol)) throw new Refused('', 'A subprotocol has no such signs (RFC 6455 §4.1).\n');
  return protocol;
}

function secondsOf(parsed: ParsedOptions): number | null {
  const [text] = valuesOf(parsed, 'ping-interval');
  if (text === undefined) return null;
  const invalid = (why: string) =>
    usageError(`Invalid value for '--ping-interval <ws_ping_interval>': ${why}`);
  if (!/^\+?\d+$/.test(text))
    throw invalid(text === '' ? 'cannot parse integer from empty string' : 'invalid digit found in string');
  const seconds = Number(text);
  if (seconds < 1 || seconds > 86_400)
    throw new Refused('', 'The lab takes 1 to 86,400 seconds for --ping-interval.\n');
  return seconds;
}
