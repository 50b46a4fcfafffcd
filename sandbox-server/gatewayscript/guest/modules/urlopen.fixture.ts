// Scripts that call `urlopen`, and who answers them.
import { afterAll } from 'vitest';
import type { OpenTarget, TargetCall } from '../../types.ts';
import { startScripts } from './script-value.ts';

export const urlopen = `const urlopen = require('urlopen');`;

/** Answers every call with the same, and keeps the calls. */
export function answering(body: string | Uint8Array = '', headers: [string, string][] = []) {
  const calls: TargetCall[] = [];
  const openTarget: OpenTarget = async (call) => {
    calls.push(call);
    return { kind: 'answered', status: 203, reason: 'Odd', headers, body: Buffer.from(body) };
  };
  return { calls, openTarget };
}

/** Closed after the file's tests. */
export function startUrlopen() {
  const scripts = startScripts();
  afterAll(() => scripts.close());
  return {
    scripts,
    /** What a script that has `urlopen` prints; throws its error. */
    async logged(script: string, openTarget?: OpenTarget): Promise<string> {
      const options = openTarget ? { openTarget } : {};
      const { console, error } = await scripts.run(`${urlopen}\n${script}`, options);
      if (error) throw new Error(`${error.message} (line ${error.line})`);
      return console.map(({ text }) => text).join('|');
    },
  };
}
