// curl's command line, as far as the lessons use it, with the words and exit codes in which it refuses (curl 7.88, as measured).
import { isFieldValue, isToken } from '../../gateway/handshake/headers.ts';
import type { Header } from '../../gatewayscript/types.ts';
import {
  isGiven,
  listOptions,
  nameOptions,
  OptionFault,
  type OptionKind,
  parseOptions,
  valuesOf,
} from '../line/parse-options.ts';

const KINDS: readonly OptionKind[] = [
  { short: 'i', long: 'include', says: 'Prints the head of the answer, too.' },
  { short: 'k', long: 'insecure', says: 'Accepts a certificate that nobody vouches for.' },
  {
    short: 'H',
    long: 'header',
    value: 'header',
    says: 'Adds a header: "Name: value"; "Name:" leaves one out.',
  },
  { short: 'X', long: 'request', value: 'method', says: 'Sends this method.' },
  { short: 'd', long: 'data', value: 'data', says: 'Sends this body, with POST.' },
  { long: 'http1.1', says: 'Offers HTTP/1.1 only.' },
  { long: 'http2', says: 'Offers HTTP/2 and HTTP/1.1. The default.' },
  { short: 's', long: 'silent', says: 'Prints no errors.' },
  { short: 'v', long: 'verbose', says: 'Tells what happens: * itself, > what it sends, < what comes.' },
];

export interface CurlOptions {
  url: string;
  include: boolean;
  insecure: boolean;
  silent: boolean;
  verbose: boolean;
  http2: boolean;
  method: string;
  /** All of the request but `Host`, in their order. */
  headers: Header[];
  /** Value of `Host` where the reader gave one, `''` to leave it out; `null` for the URL's. */
  host: string | null;
  body: string | null;
}

export interface CurlRefusal {
  exit: number;
  stderr: string;
  note: string;
}

export const curlHelp = `curl, as far as this lab has it:\n${listOptions(KINDS)}`;
const OPTION_NAMES = nameOptions('curl', KINDS);

const TRY = "curl: try 'curl --help' or 'curl --manual' for more information\n";

/** The version whose lines these are. */
export const CURL_AGENT = 'curl/7.88.1';

export function readCurlOptions(words: readonly string[]): CurlOptions | CurlRefusal {
  try {
    return optionsOf(words);
  } catch (error) {
    if (error instanceof OptionFault) return faultOf(error);
    throw error;
  }
}

function optionsOf(words: readonly string[]): CurlOptions | CurlRefusal {
  const parsed = parseOptions(words, KINDS, { equals: false });
  const [url, second] = parsed.rest;
  if (url === undefined)
    return {
      exit: 2,
      stderr: words.length === 0 ? TRY : `curl: no URL specified!\n${TRY}`,
      note: OPTION_NAMES,
    };
  if (second !== undefined) return labOnly('The lab’s curl takes one URL at a time.');
  const given = valuesOf(parsed, 'header');
  const data = valuesOf(parsed, 'data');
  if ([...given, ...data].some((value) => value.startsWith('@')))
    return labOnly('There are no files here to read with "@".');
  const fields = given.map(fieldOf);
  const wrong = given.find((_, i) => fields[i] === null);
  if (wrong !== undefined)
    return labOnly(
      `${JSON.stringify(wrong)} is no header: write "Name: value", without signs that a head cannot have.`,
    );
  const method = valuesOf(parsed, 'request').at(-1) ?? (data.length > 0 ? 'POST' : 'GET');
  if (!isToken(method)) return labOnly(`${JSON.stringify(method)} is no method (RFC 9110 §9.1).`);
  const body = data.length > 0 ? data.join('&') : null;
  const host = fields.find((field) => field?.name.toLowerCase() === 'host');
  return {
    url,
    include: isGiven(parsed, 'include'),
    insecure: isGiven(parsed, 'insecure'),
    silent: isGiven(parsed, 'silent'),
    verbose: isGiven(parsed, 'verbose'),
    http2: !isGiven(parsed, 'http1.1'),
    method,
    headers: headersOf(fields, body),
    host: host?.value ?? (host ? '' : null),
    body,
  };
}

interface Field {
  name: string;
  /** `null` to leave curl's own one out. */
  value: string | null;
}

/** `Name: value`; `Name:` takes one away, `Name;` sends one without a value. `null` for what is none of them. */
function fieldOf(text: string): Field | null {
  const match = /^([^:;]*)(?::\s*(.*)|(;)\s*)$/s.exec(text);
  const [, name = '', value = '', semicolon] = match ?? [];
  if (!match || !isToken(name) || !isFieldValue(value)) return null;
  if (semicolon !== undefined) return { name, value: '' };
  return { name, value: value === '' ? null : value };
}

/** Its own first, each unless the reader gave or took it, then the reader's; what tells of the body stands last. */
function headersOf(fields: readonly (Field | null)[], body: string | null): Header[] {
  const named = new Set(fields.map((field) => field?.name.toLowerCase()));
  const own: Header[] = [
    ['User-Agent', CURL_AGENT],
    ['Accept', '*/*'],
  ];
  const ofBody: Header[] =
    body === null
      ? []
      : [
          ['Content-Length', String(Buffer.byteLength(body))],
          ['Content-Type', 'application/x-www-form-urlencoded'],
        ];
  const unlessNamed = ([name]: Header) => !named.has(name.toLowerCase());
  const given = fields.flatMap((field): Header[] =>
    field === null || field.value === null || field.name.toLowerCase() === 'host'
      ? []
      : [[field.name, field.value]],
  );
  return [...own.filter(unlessNamed), ...given, ...ofBody.filter(unlessNamed)];
}

/** It names the whole word, also where one letter of several is the fault. */
function faultOf({ what, word }: OptionFault): CurlRefusal {
  const told = what === 'no-value' ? 'requires parameter' : 'is unknown';
  return { exit: 2, stderr: `curl: option ${word}: ${told}\n${TRY}`, note: OPTION_NAMES };
}

function labOnly(sentence: string): CurlRefusal {
  return { exit: 2, stderr: '', note: `${sentence}\n` };
}
