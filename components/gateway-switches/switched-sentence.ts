// What is said after a change: whose gateway it was, and what the reader must know of it.
import type { SandboxUse } from '../sandbox/own-sandbox.ts';

export function switchedSentence({ sandbox, renewed }: SandboxUse<unknown>): string {
  const anew = renewed
    ? ' Your former organization was forgotten, so this is a new one: deploy to it again.'
    : '';
  return `Switched, in your organization ${sandbox.organization}. New connections meet it.${anew}`;
}
