// What a token says of itself, held against the clock and the policy's patterns.
import { RE2JS } from 're2js';
import type { JsonObject, JsonValue } from '../../../gatewayscript/types.ts';
import { JwtError } from './jwt-error.ts';

/** IBM documents 256 characters as the longest pattern. */
export const MAX_PATTERN = 256;
const MAX_PATTERN_STEPS = 2_000;
/** Characters of a claim that a pattern is held against, and members of `aud`. */
const MAX_VALUE = 4_096;
const MAX_AUDIENCES = 100;

/** `exp` and `nbf` are seconds since 1970 (RFC 7519 §4.1); no leeway. @throws JwtError */
export function checkTimes({ exp, nbf }: JsonObject, nowMs: number): void {
  const now = nowMs / 1_000;
  if (exp !== undefined && now >= seconds(exp, 'exp'))
    throw new JwtError(`the token has expired (exp is ${exp})`);
  if (nbf !== undefined && now < seconds(nbf, 'nbf'))
    throw new JwtError(`the token is not valid yet (nbf is ${nbf})`);
}

/** A pattern (PCRE in the product, RE2 here) is found anywhere in the claim; of several audiences one is enough. @throws JwtError */
export function checkClaim(name: 'iss' | 'aud', value: JsonValue | undefined, pattern: string): void {
  const compiled = compilePattern(pattern);
  const values = Array.isArray(value) ? value.slice(0, MAX_AUDIENCES) : [value];
  const found = values.some(
    (each) => typeof each === 'string' && each.length <= MAX_VALUE && compiled.matcher(each).find(),
  );
  if (!found) throw new JwtError(`the claim ${name} is ${shown(value)}, which ${name}-claim does not match`);
}

/** @throws JwtError with what is wrong with the pattern */
export function compilePattern(pattern: string): RE2JS {
  if (pattern.length > MAX_PATTERN) throw new JwtError(`a pattern has more than ${MAX_PATTERN} characters`);
  let compiled: RE2JS;
  try {
    compiled = RE2JS.compile(pattern);
  } catch (error) {
    const why = error instanceof Error ? error.message : 'not understood';
    throw new JwtError(`the pattern ${JSON.stringify(pattern)} cannot be used: ${why}`);
  }
  if (compiled.programSize() > MAX_PATTERN_STEPS)
    throw new JwtError(`the pattern ${JSON.stringify(pattern)} repeats too much`);
  return compiled;
}

function seconds(value: JsonValue, name: string): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw new JwtError(`the claim ${name} is ${shown(value)}; expected a number of seconds`);
}

function shown(value: JsonValue | undefined): string {
  const text = value === undefined ? 'missing' : JSON.stringify(value);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
