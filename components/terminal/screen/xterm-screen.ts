// A terminal by xterm.js: the line at the prompt is edited here, what a program gets is typed as in any terminal.
import { FitAddon } from '@xterm/addon-fit';
import { type IMarker, Terminal } from '@xterm/xterm';
// As text: the build would otherwise link the style into every page.
import style from '@xterm/xterm/css/xterm.css?inline';
import { readStored, writeStored } from '../../stored.ts';
import { CookedInput } from '../cooked-input.ts';
import { keysOf } from '../keys.ts';
import { LineEditor } from '../line-editor.ts';
import type { Screen, ScreenEvents } from './screen.ts';
import { transcript } from './transcript.ts';
import { wrapped } from './wrapped.ts';
import { createWriteQueue } from './write-queue.ts';
import { followTheme } from './xterm-theme.ts';

const READER_KEY = 'lab.terminal.reader.v1';
const PROMPT = '\x1b[32m$\x1b[0m ';
/** Where a line goes on after a backslash. */
const MORE = '> ';
const SCROLLBACK_LINES = 2_000;

export function createXtermScreen(place: HTMLElement, events: ScreenEvents): Screen {
  bringStyle();
  const terminal = new Terminal({
    fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--lab-mono').trim(),
    fontSize: 13,
    lineHeight: 1.35,
    cursorBlink: false,
    minimumContrastRatio: 4.5,
    scrollback: SCROLLBACK_LINES,
    screenReaderMode: readStored(READER_KEY) === 'on',
  });
  const fit = new FitAddon();
  terminal.loadAddon(fit);
  terminal.open(place);
  terminal.textarea?.setAttribute('aria-label', 'Terminal. Tab leaves it.');
  const stopTheme = followTheme(terminal);
  const editor = new LineEditor();
  const cooked = new CookedInput();
  let prompting = false;
  /** Row in which the prompt stands, wherever it is scrolled to. */
  let start: IMarker | undefined;
  let atLineStart = true;

  const queue = createWriteQueue((text, taken) => terminal.write(text, taken));
  const write = (text: string) => {
    queue(text);
    atLineStart = /[\r\n]$/.test(text);
  };
  const resized = new ResizeObserver(() => {
    // On paper it is not drawn, and its place has another size.
    if (terminal.element?.checkVisibility()) fit.fit();
  });
  resized.observe(place);
  const paper = document.createElement('pre');
  paper.className = 'lab-terminal-paper';
  place.append(paper);
  const beforePrint = () => {
    paper.textContent = transcript(terminal.buffer.active);
  };
  window.addEventListener('beforeprint', beforePrint);

  /** From wherever the cursor is to the start of the prompt. */
  function toPrompt(): string {
    const { baseY, cursorY } = terminal.buffer.active;
    const rows = baseY + cursorY - (start?.line ?? baseY + cursorY);
    return rows > 0 ? `\x1b[${rows}A\r` : '\r';
  }

  /** Draws the line anew from its prompt, and puts the cursor where it belongs. */
  function draw(): void {
    const { text, beforeCursor } = editor;
    const shown = (part: string) => PROMPT + part.replaceAll('\n', `\r\n${MORE}`);
    queue({ make: () => `${toPrompt()}\x1b[J${shown(text)}` });
    if (beforeCursor !== text) queue({ make: () => toPrompt() + shown(beforeCursor) });
  }

  /** A key at the prompt. The line is drawn when the last key of a paste is in. */
  function press(key: string): void {
    const deed = editor.press(key);
    if (deed?.kind === 'line') {
      begin(deed.text);
      events.line(deed.text);
    } else if (deed?.kind === 'clear') clear();
    else if (deed?.kind === 'interrupt') {
      write('^C\r\n');
      prompt();
    }
  }

  /** What comes together is echoed together, and sent together. */
  function toProgram(keys: readonly string[]): void {
    let echo = '';
    let input = '';
    const pass = () => {
      if (echo !== '') write(echo);
      if (input !== '') events.input(input);
      echo = input = '';
    };
    for (const deed of cooked.feed(keys)) {
      if (deed.kind === 'echo') echo += deed.text;
      else if (deed.kind === 'input') input += deed.text;
      else {
        pass();
        events.signal(deed.signal);
      }
    }
    pass();
  }

  function begin(line: string): void {
    editor.set(line);
    draw();
    write('\r\n');
    editor.remember(line);
    editor.set('');
    prompting = false;
  }

  function prompt(): void {
    cooked.clear();
    if (!atLineStart) write('\r\n');
    markStart();
    prompting = true;
    draw();
  }

  function markStart(): void {
    const taken = () => {
      start?.dispose();
      start = terminal.registerMarker(0);
    };
    queue({ make: () => '', taken });
  }

  /** The screen, and what was scrolled out of it (ECMA-48 §8.3.39, and xterm's 3). */
  function clear(): void {
    write('\x1b[2J\x1b[3J\x1b[H');
    atLineStart = true;
    markStart();
  }

  // Of a pasted text, what follows a command is for the program.
  terminal.onData((data) => {
    const keys = keysOf(data);
    let at = 0;
    while (prompting && at < keys.length) press(keys[at++] ?? '');
    if (prompting) draw();
    else toProgram(keys.slice(at));
  });
  terminal.attachCustomKeyEventHandler((event) => keyForTerminal(event, terminal));

  return {
    print(stream, text) {
      if (stream !== 'note') return write(text.replaceAll(/\r?\n/g, '\r\n'));
      if (!atLineStart) write('\r\n');
      write(asNote(text, terminal.cols));
    },
    prompt,
    begin,
    clear,
    focus: () => terminal.focus(),
    get reader() {
      return terminal.options.screenReaderMode === true;
    },
    set reader(on) {
      terminal.options.screenReaderMode = on === true;
      writeStored(READER_KEY, on ? 'on' : null);
    },
    dispose() {
      stopTheme();
      resized.disconnect();
      window.removeEventListener('beforeprint', beforePrint);
      paper.remove();
      terminal.dispose();
    },
  };
}

/** Whether the terminal gets a key. Tab moves on in the page; Ctrl-C copies where something is selected, and paste is the browser's. */
function keyForTerminal(event: KeyboardEvent, terminal: Terminal): boolean {
  const control = event.ctrlKey || event.metaKey;
  if (event.key === 'Tab') return false;
  if (control && event.key.toLowerCase() === 'v') return false;
  if (control && event.key.toLowerCase() === 'c' && terminal.hasSelection()) return false;
  return true;
}

/** The lab's own words, so that nobody takes them for the program's; broken between words. */
function asNote(text: string, columns: number): string {
  return text
    .split('\n')
    .flatMap((line) =>
      line === '' ? [''] : wrapped(`lab: ${line}`, columns).map((part) => `\x1b[35m${part}\x1b[0m`),
    )
    .join('\r\n');
}

let styled = false;
function bringStyle(): void {
  if (styled) return;
  styled = true;
  const element = document.createElement('style');
  element.textContent = style;
  document.head.append(element);
}
