// Which of the lessons' commands the page's terminal has.

const PROGRAMS = /^(?:websocat|curl|node) /;

/** One command of a program that the terminal has; not a whole list of commands, and not one that needs a shell. */
export function runsHere(code: string): boolean {
  const joined = code.trim().replaceAll('\\\n', ' ');
  return PROGRAMS.test(joined) && !joined.includes('\n');
}
