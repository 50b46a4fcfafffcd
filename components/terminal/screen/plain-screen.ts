// A terminal as plain text with a field below, for touch devices: what is printed, a line to type, and buttons for Ctrl-C and Ctrl-D.
import { keepAtEnd } from '../../look/keep-at-end.ts';
import { MOST_CHARACTERS } from '../line-editor.ts';
import type { Stream } from '../terminal-message.ts';
import { plainText } from './plain-text.ts';
import type { Screen, ScreenEvents } from './screen.ts';

/** Characters that are kept; older ones go. */
const MOST_KEPT = 100_000;

export function createPlainScreen(place: HTMLElement, events: ScreenEvents): Screen {
  const printed = document.createElement('pre');
  printed.className = 'lab-terminal-text';
  printed.tabIndex = 0;
  printed.setAttribute('role', 'log');
  printed.setAttribute('aria-label', 'Terminal');
  const form = document.createElement('form');
  form.className = 'lab-terminal-line';
  const field = document.createElement('input');
  field.className = 'lab-input';
  Object.assign(field, {
    autocapitalize: 'off',
    autocomplete: 'off',
    spellcheck: false,
    enterKeyHint: 'send',
    maxLength: MOST_CHARACTERS,
  });
  field.setAttribute('autocorrect', 'off');
  const send = document.createElement('button');
  send.className = 'lab-button';
  send.textContent = 'Send';
  form.append(field, send);
  place.append(printed, form);
  let prompting = false;

  function append(text: string, of: Stream | 'typed'): void {
    const after = keepAtEnd(printed);
    const piece = document.createElement('span');
    piece.className = `lab-terminal-${of}`;
    piece.textContent = plainText(text);
    printed.append(piece);
    while ((printed.textContent?.length ?? 0) > MOST_KEPT) printed.firstChild?.remove();
    after();
  }

  function toLineStart(): void {
    if (printed.textContent && !printed.textContent.endsWith('\n')) append('\n', 'typed');
  }

  function expect(what: 'command' | 'input'): void {
    prompting = what === 'command';
    field.setAttribute('aria-label', prompting ? 'Command' : 'Line for the program');
    field.placeholder = prompting ? '$' : '';
  }

  function begin(line: string): void {
    append(`$ ${line}\n`, 'typed');
    expect('input');
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const line = field.value;
    field.value = '';
    if (prompting) {
      begin(line);
      events.line(line);
    } else {
      append(`${line}\n`, 'typed');
      events.input(`${line}\n`);
    }
  });

  expect('input');
  return {
    print(stream, text) {
      if (stream === 'note') toLineStart();
      append(stream === 'note' ? text.replace(/^(?=.)/gm, 'lab: ') : text, stream);
    },
    prompt() {
      toLineStart();
      expect('command');
    },
    begin,
    clear: () => printed.replaceChildren(),
    focus: () => field.focus({ preventScroll: true }),
    reader: null,
    dispose: () => place.replaceChildren(),
  };
}
