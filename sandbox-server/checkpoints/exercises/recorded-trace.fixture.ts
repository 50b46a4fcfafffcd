// What the gateway tells of one connection through a faulty file, in a form that is the same every day.

import type { GatewayEvent } from '../../gateway/events.ts';
import { acceptValue } from '../../gateway/handshake/accept.ts';
import { headerValue } from '../../gateway/handshake/headers.ts';
import type { Lab } from '../../lab.ts';
import type { Examination, TrialCheckpoint } from '../checkpoint.ts';

export interface RecordedTrace {
  /** Texts that the client sends. */
  send: string[];
  /** What `ws` tells of its connection. */
  client: string[];
  /** As in the log of a sandbox. */
  events: unknown;
}

/** The key of RFC 6455 §1.3 in the place of the client's, and another in that of the gateway's own. */
const KEY = 'dGhlIHNhbXBsZSBub25jZQ==';
const OWN_KEY = 'x3JJHMbDL1EzLkh9GBhXDw==';
const TRANSACTION = '5f3e1a0c9b7d4e2f8a6c1b30';
/** Members that an event may lack. */
const TIMES = ['clockMs', 'hopMs'];

/**
 * Without texts to send the heads are those of a handshake with the RFC's key, so that what a script makes of the key stands in the record
 * as it came; with texts they are those of `ws`, whose own key is put into the fixed form with its accept value.
 */
export async function recordTrace(
  lab: Lab,
  checkpoint: TrialCheckpoint,
  texts: ReadonlyMap<string, string>,
  send: string[],
): Promise<RecordedTrace> {
  const trace: RecordedTrace = { send, client: [], events: [] };
  const recorder: TrialCheckpoint = {
    ...checkpoint,
    async check(examination) {
      if (send.length === 0) await examination.handshake({ headers: { 'Sec-WebSocket-Key': KEY } });
      const socket = await examination.connect();
      for (const text of send) {
        socket.send(text);
        await socket.next();
      }
      socket.close();
      await socket.closed();
      // What an answer says beside its status stands in the events.
      trace.client = socket.status === null ? socket.received.split('\n') : [`status ${socket.status}`];
      const last = send.length === 0 ? 'response-sent' : 'connection-closed';
      const [, organization = ''] = examination.path().split('/');
      trace.events = inFixedForm(await firstConnection(examination, last), organization);
      examination.expect(true, { title: 'recorded', exchange: null, expected: '', received: '', hint: '' });
    },
  };
  const { passed, tries } = await lab.examiner.examineFiles(recorder, texts);
  if (!passed) throw new Error(`nothing was recorded: ${JSON.stringify(tries)}`);
  return trace;
}

/** Up to its answer, or with messages to its end. */
async function firstConnection(
  examination: Examination,
  last: GatewayEvent['type'],
): Promise<GatewayEvent[]> {
  for (;;) {
    examination.signal.throwIfAborted();
    const all = examination.events();
    const first = all.find(({ type }) => type === 'request-received')?.connection;
    const own = all.filter(({ connection }) => connection === first || connection === null);
    const began = own.findIndex(({ type }) => type === 'request-received');
    const ended = own.findIndex(({ type }) => type === last);
    if (ended !== -1) return own.slice(began, ended + 1);
    await new Promise(setImmediate);
  }
}

/** Times, names and keys differ from day to day, and a client inside the process has no address. */
function inFixedForm(events: GatewayEvent[], organization: string): unknown {
  let text = JSON.stringify(events, (name, value: unknown) => (TIMES.includes(name) ? undefined : value))
    .replaceAll(/"id":\d+/g, '"id":1')
    .replaceAll(/"at":"[^"]+"/g, '"at":"2026-01-01T12:00:00.000Z"')
    .replaceAll(/"durationMs":[\d.e-]+/g, '"durationMs":0')
    .replaceAll('"remote":""', '"remote":"127.0.0.1"')
    .replaceAll('["X-Client-IP",""]', '["X-Client-IP","127.0.0.1"]')
    .replaceAll(organization, 'maple-heron');
  for (const event of events) {
    if (event.connection !== null) text = text.replaceAll(event.connection, TRANSACTION);
    if (event.type !== 'request-received' && event.type !== 'target-request') continue;
    const key = headerValue(event.headers, 'Sec-WebSocket-Key') ?? '';
    const sample = event.type === 'target-request' ? OWN_KEY : KEY;
    text = text.replaceAll(key, sample).replaceAll(acceptValue(key), acceptValue(sample));
  }
  return JSON.parse(text);
}
