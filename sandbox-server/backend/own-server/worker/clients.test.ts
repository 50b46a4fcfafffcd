// What a script does to a client goes to the host where that client can take it, and nowhere else, so that no turn says more than can be done.
import { randomInt } from 'node:crypto';
import { expect, test } from 'vitest';
import type { ClientEvent } from '../messages.ts';
import { createClients, type WriteAction } from './clients.ts';

const request = {
  method: 'GET',
  url: '/',
  httpVersion: '1.1',
  headers: {},
  rawHeaders: [],
  remoteAddress: '',
};
const data = new Uint8Array();
const message = { binary: false, fin: true };

function started(...events: ClientEvent[]) {
  const clients = createClients({
    clientBytes: 1e6,
    serverBytes: 1e6,
    maxOutgoing: 1,
    connectsPerSecond: 1,
    now: () => 0,
    onFull: () => expect.unreachable(),
    onCut: () => expect.unreachable(),
  });
  for (const event of events) clients.push(event);
  while (clients.next());
  return clients;
}

/** All that a script could do to that client, again and again. */
function everything(clients: ReturnType<typeof started>, client: number): string[] {
  const writes: WriteAction[] = [
    { do: 'respond', client, status: 200, reason: null, headers: [], data },
    { do: 'raw', client, data },
    { do: 'send', client, data: '', ...message },
  ];
  for (let round = 0; round < 3; round += 1) {
    for (const write of writes) clients.write(write, 0);
    clients.accept(client, '', []);
    clients.refuse(client, 403, null, {});
  }
  return clients.takeActions().map((action) => action.do);
}

const client = randomInt(1, 1_000);
test.each<[stage: string, events: ClientEvent[], done: string[]]>([
  ['nobody', [], []],
  ['who has asked', [{ type: 'request', client, request, data }], ['respond']],
  ['who asks for an upgrade', [{ type: 'upgrade', client, request }], ['raw', 'raw', 'raw']],
  ['who waits for a verdict', [{ type: 'handshake', client, protocols: [], head: [] }], ['accept']],
  ['who is connected', [{ type: 'connection', client, protocol: '' }], ['send', 'send', 'send']],
  [
    'who has gone',
    [
      { type: 'connection', client, protocol: '' },
      { type: 'close', client, code: 1006, data },
    ],
    [],
  ],
])('%s', (_stage, events, done) => {
  const clients = started(...events);
  expect(everything(clients, client)).toEqual(done);
  expect(everything(clients, client + 1)).toEqual([]);
});

test('who is in a handshake takes nothing until the host tells of it', () => {
  const clients = started({ type: 'upgrade', client, request });
  clients.act({ do: 'handshake', client, maxPayload: null, handles: true });
  expect(everything(clients, client)).toEqual(['handshake']);
});
