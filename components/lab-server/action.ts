// Something that the reader asked the server to do: running or not, the newest wins, and what went wrong.
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { atLeast } from './jitter.ts';
import { LabProblem, serverAway } from './lab-problem.ts';
import { untilServerAnswers } from './until-server-answers.ts';

/** What an element has to have for it; a LitElement has. */
export type ActionHost = Pick<ReactiveControllerHost, 'addController' | 'requestUpdate'>;

/** The longest time after which it asks again by itself, in seconds: nobody waits for more. */
const LONGEST_WAIT = 60;
/** How often it does so, one after the other, when the server stays busy. */
const MOST_AGAIN = 3;

export class Action implements ReactiveController {
  #host: ActionHost;
  /** Does the deed anew, as if the reader had pressed. */
  #again: (() => void) | null;
  #tried = 0;
  #abort: AbortController | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  busy = false;
  problem: LabProblem | null = null;
  /** Seconds until the server is asked again, or wants to be; counts down to 0. */
  wait = 0;

  /** With `again` it recovers by itself: when the server is less busy, or is there again, the deed is done anew. */
  constructor(host: ActionHost, again: (() => void) | null = null) {
    this.#host = host;
    this.#again = again;
    host.addController(this);
  }

  /** Stops an older deed, does this one, and gives its result; `undefined` when it failed (see `problem`) or a newer one came. */
  async do<Result>(deed: (signal: AbortSignal) => Promise<Result>): Promise<Result | undefined> {
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    this.#set(true, null);
    try {
      const result = await deed(abort.signal);
      if (abort.signal.aborted) return undefined;
      this.#tried = 0;
      this.#set(false, null);
      return result;
    } catch (error) {
      if (abort.signal.aborted) return undefined;
      this.#set(false, problemOf(error));
      if (this.#again && this.problem?.code === 'server-away')
        void untilServerAnswers(abort.signal).then((there) => there && this.#again?.());
      return undefined;
    }
  }

  /** Whether the deed will be done anew without the reader. */
  get recovers(): boolean {
    if (!this.#again || !this.problem) return false;
    if (this.problem.code === 'server-away') return true;
    return this.wait > 0 && this.#asksAgain;
  }

  /** Whether the wait that the server asks for is short enough, and it has not been busy too often. */
  get #asksAgain(): boolean {
    const seconds = this.problem?.retryAfterSeconds ?? null;
    return this.#again !== null && seconds !== null && seconds <= LONGEST_WAIT && this.#tried < MOST_AGAIN;
  }

  hostDisconnected(): void {
    this.#abort?.abort();
    this.#set(false, null);
  }

  #set(busy: boolean, problem: LabProblem | null): void {
    clearTimeout(this.#timer);
    this.busy = busy;
    this.problem = problem;
    const asked = (problem?.retryAfterSeconds ?? 0) * 1_000;
    const ms = this.#asksAgain ? atLeast(asked) : asked;
    this.wait = Math.ceil(ms / 1_000);
    // From then on the seconds are whole.
    if (this.wait > 0) this.#timer = setTimeout(() => this.#tick(), ms - (this.wait - 1) * 1_000);
    this.#host.requestUpdate();
  }

  #tick(): void {
    const recovers = this.recovers;
    this.wait -= 1;
    this.#host.requestUpdate();
    if (this.wait > 0) {
      this.#timer = setTimeout(() => this.#tick(), 1_000);
    } else if (recovers) {
      this.#tried += 1;
      this.#again?.();
    }
  }
}

function problemOf(error: unknown): LabProblem {
  if (error instanceof LabProblem) return error;
  // A part of the page that could not be fetched: the server that has it is the same one.
  if (error instanceof TypeError && /import|fetch/i.test(error.message)) return serverAway();
  console.error(error);
  return new LabProblem(
    0,
    'page-mistake',
    'This page made a mistake of its own.',
    'Reload it; your edits are kept.',
  );
}
