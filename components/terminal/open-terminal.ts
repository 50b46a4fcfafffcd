// Opens the page's one terminal at a place, or moves it there, and runs a lesson's command in it.
import { bringTerminalStyle, TerminalElement } from './element.ts';

let current: TerminalElement | null = null;

/** `command` of '' opens it at its prompt. `closed` is called when the reader closes it there. */
export function openTerminal(place: HTMLElement, command: string, closed: () => void): void {
  if (!current?.isConnected) current = write();
  const terminal = current;
  terminal.closed = closed;
  if (terminal.parentElement !== place) place.append(terminal);
  if (command !== '') terminal.runLesson(command);
  else terminal.show();
}

function write(): TerminalElement {
  bringTerminalStyle();
  const terminal = new TerminalElement();
  terminal.className = 'lab-terminal lab-widget not-content';
  const bar = document.createElement('div');
  bar.className = 'lab-bar';
  bar.dataset.stage = '';
  const problem = document.createElement('div');
  problem.className = 'lab-result';
  problem.dataset.problem = '';
  problem.hidden = true;
  const screen = document.createElement('div');
  screen.className = 'lab-terminal-screen';
  screen.dataset.screen = '';
  terminal.append(bar, problem, screen);
  return terminal;
}
