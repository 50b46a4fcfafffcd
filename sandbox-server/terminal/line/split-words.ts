// Splits a typed line into words as a POSIX shell does (Shell Command Language, §2.2 and §2.3), and refuses what only a shell could do.

/** A line that is no single command; for the reader. */
export interface LineProblem {
  message: string;
  hint: string;
}

export type SplitLine = { words: string[] } | { problem: LineProblem };

const OPERATORS: Record<string, string> = {
  '|': 'a pipe',
  '&': 'an "&"',
  ';': 'a ";"',
  '<': 'a redirection',
  '>': 'a redirection',
  '(': 'a parenthesis',
  ')': 'a parenthesis',
};

const IN_QUOTES = "Where it belongs to a value, put the value in quotes: 'like this'.";

/** Within double quotes a backslash is one before these only (§2.2.3). */
const ESCAPABLE = '$`"\\';

function refused(what: string): { problem: LineProblem } {
  return {
    problem: {
      message: `This terminal runs one command at a time, and has no shell: ${what}.`,
      hint: IN_QUOTES,
    },
  };
}

/** Behind a "$", also over joined lines: what makes it more than a character (§2.6). In double quotes a quote is not among it. */
const EXPANSION = /\$(?:\\\n)*[A-Za-z0-9_{('"@*#?$!-]/y;
const EXPANSION_IN_QUOTES = /\$(?:\\\n)*[A-Za-z0-9_{(@*#?$!-]/y;

/** What of the shell begins here; `null` where the character stands for itself. */
function expansionAt(line: string, at: number, pattern: RegExp): string | null {
  if (line[at] === '`') return 'a "`" runs a command within a command';
  pattern.lastIndex = at;
  return pattern.test(line) ? 'a "$" stands for a variable' : null;
}

export function splitWords(typed: string): SplitLine {
  const line = typed.replaceAll('\r\n', '\n');
  const words: string[] = [];
  /** `null` between words; an empty pair of quotes is a word, too. */
  let word: string | null = null;
  let at = 0;
  while (at < line.length) {
    const char = line[at] ?? '';
    if (char === '\\') {
      const next = line[at + 1];
      if (next === undefined)
        return {
          problem: { message: 'The line ends with a "\\".', hint: 'Go on after it, or leave it out.' },
        };
      // A backslash before the end of a line joins the two.
      if (next !== '\n') word = (word ?? '') + next;
      at += 2;
    } else if (char === "'") {
      const end = line.indexOf("'", at + 1);
      if (end === -1) return unclosed(char);
      word = (word ?? '') + line.slice(at + 1, end);
      at = end + 1;
    } else if (char === '"') {
      const quoted = readDoubleQuotes(line, at + 1);
      if ('problem' in quoted) return quoted;
      word = (word ?? '') + quoted.text;
      at = quoted.end;
    } else if (/[ \t\n]/.test(char)) {
      if (word !== null) words.push(word);
      word = null;
      if (char === '\n' && words.length > 0 && /[^ \t\n]/.test(line.slice(at)))
        return refused('this is more than one line');
      at += 1;
    } else if (char === '#' && word === null) {
      const end = line.indexOf('\n', at);
      at = end === -1 ? line.length : end;
    } else {
      const operator = OPERATORS[char];
      if (operator !== undefined) return refused(`${operator} means nothing to it`);
      const expansion = expansionAt(line, at, EXPANSION);
      if (expansion !== null) return refused(expansion);
      word = (word ?? '') + char;
      at += 1;
    }
  }
  if (word !== null) words.push(word);
  return { words };
}

function readDoubleQuotes(
  line: string,
  start: number,
): { text: string; end: number } | { problem: LineProblem } {
  let text = '';
  let at = start;
  while (at < line.length) {
    const char = line[at] ?? '';
    if (char === '"') return { text, end: at + 1 };
    const next = line[at + 1] ?? '';
    if (char === '\\' && next !== '' && (ESCAPABLE.includes(next) || next === '\n')) {
      if (next !== '\n') text += next;
      at += 2;
      continue;
    }
    const expansion = expansionAt(line, at, EXPANSION_IN_QUOTES);
    if (expansion !== null) return refused(expansion);
    text += char;
    at += 1;
  }
  return unclosed('"');
}

function unclosed(quote: string): { problem: LineProblem } {
  return {
    problem: { message: `A ${quote} is not closed.`, hint: `Put the other ${quote} where the value ends.` },
  };
}
