import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { GatewayEventBody } from '../../sandbox-server/gateway/events.ts';
import type { HandshakeRule } from '../../sandbox-server/gateway/handshake/rules.ts';
import { eventLine } from './event-line.ts';

const line = (body: GatewayEventBody) =>
  eventLine({ id: 1, at: new Date().toISOString(), connection: null, ...body });
const word = randomUUID();
const frame = {
  type: 'frame',
  fin: true,
  rsv: 0,
  opcode: 1,
  masked: true,
  length: word.length,
  payload: word,
  payloadTruncated: false,
  closeCode: null,
} as const;

test('a frame tells who sent it to whom, its kind, its length and its text', () => {
  expect(line({ ...frame, direction: 'client-to-gateway' })).toEqual({
    who: 'client',
    text: `Sends the gateway text (1), 36 bytes: ${word}`,
    tone: 'plain',
  });
  expect(line({ ...frame, direction: 'target-to-gateway' }).who).toBe('target');
  expect(line({ ...frame, direction: 'gateway-to-client', payloadTruncated: true }).text).toMatch(
    /^Passes to the client .* …$/,
  );
});

test('after the 101 it is told how frames go on', () => {
  const texts = (['bytes', 'messages', 'nobody'] as const).map(
    (relay) => line({ type: 'tunnel-opened', relay, compression: false }).text,
  );
  expect(new Set(texts).size).toBe(3);
});

test('an answer that breaks a rule is told as bad, with the rule', () => {
  const rules = [{ rule: 'accept', section: '4.2.2', passed: false, message: `expected ${word}` }];
  const answer = (rules: HandshakeRule[]) =>
    line({ type: 'response-sent', status: 101, reason: 'Switching Protocols', headers: [], body: '', rules });
  expect(answer(rules)).toMatchObject({ tone: 'bad', text: expect.stringContaining(word) });
  expect(answer([])).toMatchObject({ tone: 'plain', text: 'Answers the client 101 Switching Protocols.' });
});

test('a policy is named by its title where it has one of its own', () => {
  const ended = {
    type: 'policy-ended',
    policy: 'gatewayscript',
    index: 0,
    durationMs: 1,
    outcome: 'failed',
    message: word,
  } as const;
  expect(line({ ...ended, title: 'Answer it' })).toMatchObject({
    tone: 'bad',
    text: `Fails in gatewayscript “Answer it”: ${word}`,
  });
  expect(line({ ...ended, title: 'gatewayscript', outcome: 'completed', message: null }).text).toBe(
    'Is done with gatewayscript.',
  );
});

test('an end tells whose it was, how, and how much went through', () => {
  const end = {
    type: 'connection-closed',
    bytesFromClient: 12,
    bytesToClient: 34,
    closeCode: 1000,
    closeReason: word,
  } as const;
  expect(line({ ...end, by: 'client', how: 'close-frame' })).toMatchObject({
    who: 'client',
    text: `Closes with 1000 (${word}). 12 bytes came from the client, 34 went to it.`,
  });
  expect(line({ ...end, by: 'target', how: 'reset' })).toMatchObject({ who: 'target', tone: 'bad' });
});

test('security tells which application it is, or why nobody passes', () => {
  const checked = { type: 'security-checked', scheme: 'client-id', application: null, plan: null } as const;
  expect(line({ ...checked, passed: true, application: word, plan: 'gold', message: null })).toEqual({
    who: 'gateway',
    text: `Security passed: client-id. It is the application ${word}, plan gold.`,
    tone: 'plain',
  });
  expect(line({ ...checked, passed: true, message: null }).text).toBe('Security passed: client-id.');
  expect(line({ ...checked, passed: false, message: `client-id: ${word}` })).toMatchObject({
    text: `Security failed. client-id: ${word}.`,
    tone: 'bad',
  });
});

test('a product is told with its plans', () => {
  const deployed = { type: 'product-deployed', product: word, version: '1.0.0' } as const;
  expect(line({ ...deployed, plans: ['a', 'b'] }).text).toContain(
    `${word}, version 1.0.0, with the plans a, b.`,
  );
  expect(line({ type: 'product-removed', product: word }).text).toContain(word);
});
