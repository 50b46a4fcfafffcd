// A job for tests: a WebSocket handshake with a fresh key, in which a test changes what it is about.
import { randomBytes } from 'node:crypto';
import type { Header, JsonObject, JsonValue, OpenTarget, ScriptJob } from './types.ts';

export interface SampleOptions {
  method?: string;
  path?: string;
  headers?: readonly Header[];
  body?: string | Uint8Array;
  /** The body after a policy `parse`. */
  parsed?: JsonObject | JsonValue[];
  variables?: JsonObject;
  learner?: string;
  openTarget?: OpenTarget;
}

/** The message is the request's copy, as at the start of an assembly. */
export function sampleJob(script: string, options: SampleOptions = {}): ScriptJob {
  const headers = options.headers ?? [
    ['Host', 'localhost:9443'],
    ['Upgrade', 'websocket'],
    ['Connection', 'Upgrade'],
    ['Sec-WebSocket-Key', randomBytes(16).toString('base64')],
    ['Sec-WebSocket-Version', '13'],
  ];
  const body =
    typeof options.body === 'string' ? Buffer.from(options.body) : (options.body ?? new Uint8Array());
  return {
    script,
    request: {
      method: options.method ?? 'GET',
      path: options.path ?? '/demo/sandbox/websocket-test',
      headers,
      body,
    },
    message: {
      status: null,
      headers: headers.map(([name, value]) => ({ name, value, origin: 'request' })),
      body,
      ...(options.parsed && { parsed: options.parsed }),
      bodyOrigin: 'request',
    },
    variables: options.variables ?? {},
    ...(options.learner !== undefined && { learner: options.learner }),
    ...(options.openTarget && { openTarget: options.openTarget }),
  };
}
