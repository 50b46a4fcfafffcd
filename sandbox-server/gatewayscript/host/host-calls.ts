// The border on this side: the calls that the guest's code may make, each with its arguments checked, JSON in and JSON out.
import type { ConsoleLog } from '../context/console-log.ts';
import type { Context } from '../context/context.ts';
import { checkKeys, type PathKey, parsePath } from '../context/path.ts';
import { type ContextValue, jsonOf, parseValue } from '../context/value.ts';
import { CONSOLE_LEVELS } from '../types.ts';
import { columnInScript } from '../vm/script-function.ts';
import { lineWithin, list, text } from './arguments.ts';
import { cryptoCalls } from './crypto-calls.ts';
import { GuestError } from './guest-error.ts';
import type { Rejection } from './rejection.ts';
import { type TargetCalls, targetHostCalls } from './target-calls.ts';
import type { Timers } from './timers.ts';
import { urlCalls } from './url-calls.ts';

/** Everything of one run that a call may touch. */
export interface RunState {
  context: Context;
  console: ConsoleLog;
  timers: Timers;
  rejection: Rejection;
  targets: TargetCalls;
  /** Lines of the script, to check the lines that the guest tells. */
  lines: number;
}

type Reply = ContextValue | undefined;
export type HostCall<Run = RunState> = (run: Run, args: readonly unknown[]) => Reply;

/** Characters of what `context.reject` says; the rest is cut, as it goes into the answer and every log (lab's choice). */
const REJECTION_NAME_MAX_CHARS = 200;
const REJECTION_MESSAGE_MAX_CHARS = 2_000;

/** A call's name is its row here; arguments come in this order. `name` is a string or a list of keys; `line` a number or null. */
const calls: { [name: string]: HostCall } = {
  get: (run, [name, line, call]) => run.context.get(keysOf(name, text(call)), lineOf(run, line)),

  set: (run, [name, kind, payload, line, call]) => {
    const keys = keysOf(name, text(call));
    const value =
      kind === 'none'
        ? undefined
        : kind === 'bytes'
          ? Uint8Array.from(Buffer.from(text(payload), 'latin1'))
          : parseValue(text(payload), text(call));
    run.context.set(keys, value, kind === 'none' ? 0 : text(payload).length, lineOf(run, line), text(call));
    return undefined;
  },

  clear: (run, [name, line, call]) => {
    run.context.clear(keysOf(name, text(call)), lineOf(run, line), text(call));
    return undefined;
  },

  console: (run, [level, message, line]) => {
    const known = CONSOLE_LEVELS.find((each) => each === level);
    if (known) run.console.write(known, text(message), lineOf(run, line));
    return undefined;
  },

  reject: (run, [name, message, line, column]) => {
    const at = lineOf(run, line);
    run.rejection.set({
      name: text(name).slice(0, REJECTION_NAME_MAX_CHARS),
      message: text(message).slice(0, REJECTION_MESSAGE_MAX_CHARS),
      line: at,
      column: columnInScript(at, typeof column === 'number' ? column : null),
    });
    return undefined;
  },

  accept: (run) => {
    run.rejection.clear();
    return undefined;
  },

  timer: (run, [delayMs, repeats]) =>
    run.timers.add(typeof delayMs === 'number' ? delayMs : 0, repeats === true),

  clearTimer: (run, [id]) => {
    if (typeof id === 'number') run.timers.remove(id);
    return undefined;
  },

  ...cryptoCalls,
  ...urlCalls,
  ...targetHostCalls,
};

/**
 * Runs one call.
 * @param callJson JSON: `[name, ...args]`
 * @returns JSON: `{v}` a JSON value, `{b}` bytes as Latin-1, `{}` undefined, `{e: [name, message]}` an error for the script.
 */
export function answerHostCall(run: RunState, callJson: string): string {
  const [first, ...args] = list(JSON.parse(callJson));
  const name = text(first);
  const call = Object.hasOwn(calls, name) ? calls[name] : undefined;
  if (!call) throw new Error(`the guest called ${name}, which is no host call`);
  return replyJson(() => call(run, args));
}

/** The reply of a call in that form. */
export function replyJson(call: () => Reply): string {
  try {
    const reply = call();
    if (reply === undefined) return '{}';
    if (reply instanceof Uint8Array) return JSON.stringify({ b: Buffer.from(reply).toString('latin1') });
    return jsonOf({ v: reply });
  } catch (error) {
    if (error instanceof GuestError) return JSON.stringify({ e: [error.name, error.message] });
    throw error;
  }
}

function keysOf(name: unknown, call: string): PathKey[] {
  if (!Array.isArray(name)) return parsePath(name, call);
  return checkKeys(
    name.map((key) => (typeof key === 'number' ? key : String(key))),
    call,
  );
}

function lineOf(run: RunState, line: unknown): number | null {
  return lineWithin(run.lines, line);
}
