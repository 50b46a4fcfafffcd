// The terminal in the page: a screen, the link to the server, and the one program that runs. Fetched when the reader opens one.
import { html, LitElement, render } from 'lit';
import { z } from 'zod/mini';
import { problemAnswer } from '../lab-server/answers.ts';
import { ask } from '../lab-server/ask.ts';
import { LabProblem } from '../lab-server/lab-problem.ts';
import { readNames } from '../names/kept-names.ts';
import { withSandbox } from '../sandbox/own-sandbox.ts';
import { lessonCommand, typedCommand } from './own-command.ts';
import { fileFor } from './reader-file.ts';
import { chooseScreen } from './screen/choose-screen.ts';
import type { Screen } from './screen/screen.ts';
import style from './terminal.css?inline';
import { type LinkAddress, TerminalLink } from './terminal-link.ts';
import type { TerminalMessage } from './terminal-message.ts';
import { type TerminalView, terminalView } from './terminal-view.ts';

/** Errors of a message that leave the program as it was; after others no program runs. */
const GOES_ON = new Set(['command-running', 'input-waits']);

/** `<lab-terminal>`, written by open-terminal.ts; one a page. */
export class TerminalElement extends LitElement {
  #screen: Screen | null = null;
  #link: TerminalLink | null = null;
  #state: TerminalView['state'] = 'connecting';
  #endpoint = '';
  /** Bytes of the largest server file that the server takes. */
  #fileBytes = 0;
  #exit: number | null = null;
  /** Called when the reader has closed it. */
  closed: () => void = () => {};
  /** A lesson's command that waits for the prompt. */
  #next: string | null = null;

  override createRenderRoot(): HTMLElement {
    const bar = this.querySelector<HTMLElement>('[data-stage]');
    if (!bar) throw new Error('<lab-terminal> has no [data-stage]: open-terminal.ts writes it.');
    return bar;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Moved to another place of the page, it goes on as it is.
    if (!this.#screen) void this.#start();
  }

  /** Runs a lesson's command with the reader's own endpoint put in; a program that runs is ended first. */
  runLesson(command: string): void {
    this.#next = command;
    if (this.#state === 'running') this.#link?.send({ type: 'signal', signal: 'interrupt' });
    else if (this.#state === 'prompt') this.#runNext();
    else this.#link?.wake();
    this.show();
  }

  /** xterm draws only what is in view, and the reader wants to see it. */
  show(): void {
    if (!this.#screen) return;
    this.scrollIntoView({ block: 'nearest' });
    this.#screen.focus();
  }

  override render() {
    const screen = this.#screen;
    return terminalView({
      state: this.#state,
      exit: this.#exit,
      reader: screen?.reader ?? null,
      signal: (signal) => {
        this.#link?.send({ type: 'signal', signal });
        this.#screen?.focus();
      },
      toggleReader: () => {
        if (screen) screen.reader = !screen.reader;
        this.requestUpdate();
      },
      close: () => this.#close(),
    });
  }

  async #start(): Promise<void> {
    const place = this.querySelector<HTMLElement>('[data-screen]');
    if (!place) return;
    this.#screen = await chooseScreen(place, {
      line: (text) => this.#run(typedCommand(text, this.#endpoint, readNames()), text),
      input: (text) => this.#link?.send({ type: 'input', text }),
      signal: (signal) => this.#link?.send({ type: 'signal', signal }),
    });
    this.#link = new TerminalLink({
      address: terminalAddress,
      refused: whyRefused,
      message: (message) => this.#take(message),
      away: (reason) => this.#away(reason),
    });
    this.requestUpdate();
    this.show();
  }

  #set(state: TerminalView['state']): void {
    this.#state = state;
    this.requestUpdate();
  }

  #take(message: TerminalMessage): void {
    const screen = this.#screen;
    if (!screen) return;
    if (message.type === 'ready') {
      this.#endpoint = message.endpoint;
      this.#fileBytes = message.fileBytes;
      this.#tellProblem(null);
      if (this.#next === null && this.#exit === null) screen.print('note', 'Type help for what there is.\n');
      this.#prompt();
    } else if (message.type === 'output') screen.print(message.stream, message.text);
    else if (message.type === 'exit') {
      this.#exit = message.code;
      this.#prompt();
    } else {
      screen.print('note', `${message.error.message} ${message.error.hint}\n`);
      if (!GOES_ON.has(message.error.code)) this.#prompt();
    }
  }

  #prompt(): void {
    this.#screen?.prompt();
    this.#set('prompt');
    this.#runNext();
  }

  #runNext(): void {
    if (this.#next === null) return;
    const line = lessonCommand(this.#next, this.#endpoint);
    this.#next = null;
    this.#screen?.begin(line);
    this.#run(line, line);
  }

  #run(line: string, typed: string): void {
    if (this.#state !== 'prompt') {
      this.#screen?.print('note', 'The lab’s server is away: this was not run.\n');
      return;
    }
    if (line.trim() === 'clear') {
      this.#screen?.clear();
      this.#prompt();
      return;
    }
    if (line !== typed) this.#screen?.print('note', `Your names stand for your organization here: ${line}\n`);
    const sent = fileFor(line);
    if (new TextEncoder().encode(sent.file).length > this.#fileBytes) {
      this.#screen?.print(
        'note',
        `Your server file has more than ${this.#fileBytes} bytes, and a server may not.\n`,
      );
      this.#prompt();
      return;
    }
    this.#set('running');
    this.#link?.send({ type: 'run', line, ...sent });
  }

  #away(reason: unknown): void {
    if (this.#state === 'running')
      this.#screen?.print('note', 'The connection to the lab’s server is gone, and the program with it.\n');
    this.#tellProblem(reason instanceof LabProblem ? reason : null);
    this.#set('away');
  }

  #tellProblem(problem: LabProblem | null): void {
    const place = this.querySelector<HTMLElement>('[data-problem]');
    if (!place) return;
    place.toggleAttribute('hidden', problem === null);
    render(
      problem && html`<p class="lab-outcome lab-is-bad">${problem.message}</p><p>${problem.hint}</p>`,
      place,
    );
  }

  #close(): void {
    this.#link?.close();
    this.#screen?.dispose();
    this.remove();
    this.closed();
  }
}

const known = z.object({ organization: z.string() });

/** Of the reader's own sandbox, which is made where there is none, and made anew where the server has forgotten it. */
async function terminalAddress(): Promise<LinkAddress> {
  const { sandbox } = await withSandbox(({ organization, token }) =>
    ask({ method: 'GET', path: `/api/sandboxes/${encodeURIComponent(organization)}`, token }, known, [200]),
  );
  return {
    url: `${location.origin.replace(/^http/, 'ws')}${pathOf(sandbox.organization)}`,
    token: sandbox.token,
  };
}

/** A plain GET is answered with 400 where a handshake would be taken, and else with the reason. */
async function whyRefused(): Promise<void> {
  await withSandbox(({ organization, token }) =>
    ask({ method: 'GET', path: pathOf(organization), token }, problemAnswer, [400]),
  );
}

function pathOf(organization: string): string {
  return `/api/sandboxes/${encodeURIComponent(organization)}/terminal`;
}

/** Once, whichever part of the page opens one. */
export function bringTerminalStyle(): void {
  const id = 'lab-terminal-style';
  if (document.getElementById(id)) return;
  const element = document.createElement('style');
  element.id = id;
  element.textContent = style;
  document.head.append(element);
}

customElements.define('lab-terminal', TerminalElement);
