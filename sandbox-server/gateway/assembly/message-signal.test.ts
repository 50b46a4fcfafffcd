import { getEventListeners } from 'node:events';
import { expect, it } from 'vitest';
import { createVirtualNetwork } from '../../backend/network.ts';
import { readConfig } from '../../config.ts';
import { DEFAULT_SETTINGS } from '../settings.ts';
import { messageRules } from './message-assembly.ts';
import type { PolicyParts, Transaction } from './policy.ts';

function handshake(signal: AbortSignal): Transaction {
  const api = {
    name: 'chat',
    title: 'Chat',
    version: '1.0.0',
    basePath: '/chat',
    schemes: ['wss'],
    operations: [],
    properties: {},
    lab: { echo: 'upgrade' as const, attach: 'none' as const },
    assembly: { execute: [], catch: [], finally: [] },
  };
  return {
    id: 'f00',
    request: { method: 'GET', path: '/maple/sandbox/chat', headers: [], body: new Uint8Array() },
    httpVersion: '1.1',
    upgradable: true,
    remote: '127.0.0.1',
    organization: {
      name: 'maple',
      catalog: 'sandbox',
      apis: () => [api],
      products: [],
      network: createVirtualNetwork({ onConsole() {} }),
      settings: DEFAULT_SETTINGS,
      events: { emit() {}, watched: () => false, takeFrame: () => false },
      touch() {},
    },
    api,
    operation: { id: null, method: 'get', path: '/' },
    message: { status: null, headers: [], body: new Uint8Array(), bodyOrigin: 'request' },
    variables: {},
    signal,
    emit() {},
  };
}

it('what hangs on a transaction’s end ends with its message, or with the client, and nothing is left on the connection', async () => {
  const client = new AbortController();
  const gate = Promise.withResolvers<void>();
  const seen: AbortSignal[] = [];
  const runPoliciesOn: PolicyParts['runPoliciesOn'] = async ({ signal }) => {
    seen.push(signal);
    if (seen.length === 2) await gate.promise;
    return { kind: 'next' };
  };
  const policy = { policy: 'x', title: 'x', properties: {}, line: 1, index: 0, branches: [] };
  const rules = messageRules(handshake(client.signal), [[policy], []], {
    limits: readConfig({}),
    runPoliciesOn,
  });
  const message = { kind: 'message', text: true, payload: Buffer.from('a') } as const;

  expect(await rules?.fromClient?.(message)).toEqual({ kind: 'pass', payload: message.payload });
  expect([seen[0]?.aborted, client.signal.aborted]).toEqual([true, false]);
  expect(getEventListeners(client.signal, 'abort')).toEqual([]);

  const second = rules?.fromClient?.(message);
  expect(seen[1]?.aborted).toBe(false);
  client.abort();
  expect(seen[1]?.aborted).toBe(true);
  gate.resolve();
  await second;
  expect(getEventListeners(client.signal, 'abort')).toEqual([]);
});
