// What a reader sees of a run in a terminal: the response as on the wire, the console, what went wrong and where, the rules kept.
import type { RunAnswer } from '../http/run-answer.ts';

/** Ends with a line break. `scriptFile` is the name by which places are told, as `file:line:column`; `asLog` tells the console as DataPower does. */
export function report(answer: RunAnswer, scriptFile: string, asLog = false): string {
  const parts = [wire(answer.response)];
  if (answer.console.length > 0 || answer.truncated) parts.push(consoleText(answer, scriptFile, asLog));
  if (answer.error) parts.push(errorText(answer.outcome, answer.error, scriptFile));
  if (answer.handshake.length > 0) parts.push(rulesText(answer.handshake));
  parts.push(`${answer.outcome} after ${answer.durationMs.toFixed(1)} ms`);
  return printable(`${parts.join('\n\n')}\n`);
}

function wire({ status, reason, headers, body }: RunAnswer['response']): string {
  const head = [`HTTP/1.1 ${status} ${reason}`, ...headers.map(([name, value]) => `${name}: ${value}`)];
  return body === '' ? head.join('\n') : `${head.join('\n')}\n\n${body.replace(/\r?\n$/, '')}`;
}

function consoleText({ console, log, truncated }: RunAnswer, scriptFile: string, asLog: boolean): string {
  const plain = console.map(({ level, text, line }) => {
    const place = line === null ? scriptFile : `${scriptFile}:${line}`;
    return `${place} ${level}: ${text}`;
  });
  const rows = (asLog ? log : plain).map((row) => `  ${row.replaceAll('\n', '\n    ')}`);
  if (truncated) rows.push('  (cut: the run wrote more than the lab keeps)');
  return ['Console', ...rows].join('\n');
}

function errorText(
  outcome: RunAnswer['outcome'],
  error: NonNullable<RunAnswer['error']>,
  scriptFile: string,
): string {
  const place = [scriptFile, error.line, error.column].filter((part) => part !== null).join(':');
  return `${place} ${outcome}: ${error.name}: ${error.message}`;
}

function rulesText(rules: RunAnswer['handshake']): string {
  const rows = rules.map(
    ({ rule, section, passed, message }) =>
      `  ${passed ? 'passed' : 'FAILED'}  §${section} ${rule}: ${message}`,
  );
  const kept = rules.filter(({ passed }) => passed).length;
  return [`RFC 6455: ${kept} of ${rules.length} rules kept`, ...rows].join('\n');
}

/** A script's text must not command the terminal: control characters but line break and tab are told by their codes. */
function printable(text: string): string {
  return text.replace(
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this looks for.
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g,
    (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}
