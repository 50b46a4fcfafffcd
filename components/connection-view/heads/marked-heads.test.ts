import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import {
  closeTarget,
  switching,
  type Target,
  withTarget,
} from '../../../sandbox-server/gateway/assembly/one-target.fixture.ts';
import type { GatewayEvent } from '../../../sandbox-server/gateway/events.ts';
import { HEADER_FATES } from '../../../sandbox-server/gateway/handshake/header-rules.ts';
import {
  definitionText,
  handshakeScript,
  type StartedGateway,
  scriptPolicy,
  startGateway,
  upgradePolicy,
} from '../../../sandbox-server/gateway/started-gateway.fixture.ts';
import { renderView } from '../../at-build/render-view.ts';
import { storyOf, word } from '../story.fixture.ts';
import type { MarkedHeader } from './header-marks.ts';
import { headsOf } from './heads.ts';
import { headsView } from './heads-view.ts';
import { type MarkedHeads, markedHeads } from './marked-heads.ts';

let scripted: StartedGateway | undefined;
afterEach(async () => {
  await closeTarget();
  await scripted?.close();
  scripted = undefined;
});

const path = '/maple/sandbox/one';

async function handshake(lab: StartedGateway, headers: Record<string, string> = {}): Promise<MarkedHeads> {
  const socket = lab.connect(path, [], { headers });
  socket.on('error', () => {});
  await lab.tells('response-sent');
  socket.terminate();
  return markedHeads(headsOf(storyOf(lab)));
}

function fateOf(headers: readonly MarkedHeader[] | undefined, name: string) {
  const found = headers?.find((each) => each.name.toLowerCase() === name.toLowerCase());
  return found && [found.mark.fate, found.mark.rule.reason, found.mark.by];
}

const target: Target = { onUpgrade: switching({ 'X-Of-Target': 'yes' }) };

test('a handshake through websocket-upgrade: the key is fresh, headers pass, the gateway adds its own', async () => {
  const value = word();
  const { toTarget, toClient, from } = await handshake(await withTarget(target), { 'X-Mine': value });
  expect(from).toBe('target');
  expect(fateOf(toTarget?.incoming, 'X-Mine')).toEqual(['passed', HEADER_FATES.toTarget.reason, null]);
  for (const side of [toTarget?.incoming, toTarget?.outgoing]) {
    expect(fateOf(side, 'Sec-WebSocket-Key')?.[0]).toBe('rewritten');
    expect(fateOf(side, 'Host')?.[0]).toBe('rewritten');
  }
  expect(fateOf(toTarget?.outgoing, 'X-Client-IP')?.[0]).toBe('added');
  expect(fateOf(toClient?.incoming, 'Sec-WebSocket-Accept')?.[0]).toBe('rewritten');
  expect(fateOf(toClient?.outgoing, 'X-Of-Target')).toEqual(['passed', HEADER_FATES.toClient.reason, null]);
  expect(fateOf(toClient?.outgoing, 'X-Global-Transaction-ID')?.[0]).toBe('added');
});

test('header-control, credentials, forwarded headers and a policy before each say that it was them', async () => {
  const name = `X-${word()}`;
  const policies = `- set-variable:
    version: 2.0.0
    title: marks it
    actions:
      - set: message.headers.${name}
        value: new
      - clear: message.headers.X-Gone
${upgradePolicy('http://backend:8091', [
  'username: ada',
  'password: secret',
  'inject-proxy-headers: true',
  'header-control: {type: blocklist, values: [^X-Blocked$]}',
])}`;
  const { toTarget } = await handshake(await withTarget(target, policies), {
    [name]: 'old',
    'X-Gone': '1',
    'X-Blocked': '1',
  });
  expect(fateOf(toTarget?.outgoing, name)).toEqual(['rewritten', HEADER_FATES.policy.reason, 'marks it']);
  expect(fateOf(toTarget?.incoming, 'X-Gone')).toEqual(['dropped', HEADER_FATES.policy.reason, 'marks it']);
  expect(fateOf(toTarget?.incoming, 'X-Blocked')?.[1]).toContain('header-control');
  expect(fateOf(toTarget?.outgoing, 'Authorization')).toEqual([
    'added',
    HEADER_FATES.credentials.reason,
    null,
  ]);
  expect(fateOf(toTarget?.outgoing, 'X-Forwarded-For')).toEqual([
    'added',
    HEADER_FATES.forwarded.reason,
    null,
  ]);
});

test('whatever headers client and target send, each has a reason, and no policy is blamed where none did it', async () => {
  const names = [
    'Keep-Alive',
    'TE',
    'Trailer',
    'Proxy-Authorization',
    'Expect',
    'X-Client-IP',
    'X-Global-Transaction-ID',
    'Set-Cookie',
    'Content-Type',
    'constructor',
    'X-Named',
    'Authorization',
    'Accept-Language',
  ];
  const some = fc.subarray(names);
  // Node's client refuses to send the one, and waits for an answer to the other.
  const sendable = fc.subarray(names.filter((name) => name !== 'Trailer' && name !== 'Expect'));
  await fc.assert(
    fc.asyncProperty(sendable, some, fc.boolean(), async (ofClient, ofTarget, isNamed) => {
      const given = (list: string[]) => Object.fromEntries(list.map((name) => [name, word()]));
      const lab = await withTarget({
        onUpgrade: switching({ ...given(ofTarget), Connection: isNamed ? 'Upgrade, X-Named' : 'Upgrade' }),
      });
      const { toTarget, toClient } = await handshake(lab, given(ofClient));
      await closeTarget();
      for (const way of [toTarget, toClient]) {
        for (const { mark } of [...(way?.incoming ?? []), ...(way?.outgoing ?? [])])
          expect(mark.rule).not.toBe(HEADER_FATES.policy);
        const outgoing = new Set(way?.outgoing.map(({ name, value }) => `${name.toLowerCase()}: ${value}`));
        for (const { name, value, mark } of way?.incoming ?? [])
          if (mark.fate === 'passed') expect(outgoing).toContain(`${name.toLowerCase()}: ${value}`);
        const came = new Set(way?.incoming.map(({ name }) => name.toLowerCase()));
        for (const { name, mark } of way?.outgoing ?? [])
          expect(mark.fate === 'added').toBe(!came.has(name.toLowerCase()));
      }
    }),
    { numRuns: 15 },
  );
});

test('a scripted 101: Upgrade and Connection are the request’s own, the accept value is the script’s', async () => {
  scripted = await startGateway();
  const policy = scriptPolicy(handshakeScript()).replace(
    'version: 2.0.0',
    'version: 2.0.0\n    title: answers',
  );
  scripted.deploy(definitionText('/one', policy));
  const { toClient, toTarget, from } = await handshake(scripted, { 'X-Mine': word() });
  expect([from, toTarget]).toEqual(['message', null]);
  expect(fateOf(toClient?.outgoing, 'Upgrade')).toEqual(['passed', HEADER_FATES.echoed.reason, null]);
  expect(fateOf(toClient?.outgoing, 'Sec-WebSocket-Accept')).toEqual([
    'added',
    HEADER_FATES.policy.reason,
    'answers',
  ]);
  expect(fateOf(toClient?.incoming, 'X-Mine')).toEqual(['dropped', HEADER_FATES.notEchoed.reason, null]);
});

test('where the target fails the answer is the gateway’s own', async () => {
  const lab = await withTarget({}, upgradePolicy('http://backend:1'));
  const { toClient, from } = await handshake(lab);
  expect(from).toBe('gateway');
  expect(fateOf(toClient?.outgoing, 'Content-Type')).toEqual(['added', HEADER_FATES.ownAnswer.reason, null]);
  expect(fateOf(toClient?.outgoing, 'Connection')).toEqual(['added', HEADER_FATES.oneAnswer.reason, null]);
});

test('an answer that is no 101 goes on from the target, but for what the gateway writes itself', async () => {
  const status = randomInt(400, 500);
  const lab = await withTarget({
    onUpgrade(_request, stream) {
      stream.end(`HTTP/1.1 ${status} No\r\nX-Why: not\r\nContent-Length: 2\r\nConnection: close\r\n\r\nno`);
    },
  });
  const { toClient, from } = await handshake(lab);
  expect(from).toBe('target');
  expect(fateOf(toClient?.outgoing, 'X-Why')?.[0]).toBe('passed');
  expect(fateOf(toClient?.outgoing, 'Content-Length')?.[0]).toBe('rewritten');
});

test('a scripted 101 shows the handshake that lab-attach makes after it, in words and without marks', async () => {
  scripted = await startGateway();
  const attached = '  properties: {lab-attach: {value: uppercase}}';
  scripted.deploy(definitionText('/one', scriptPolicy(handshakeScript()), attached));
  const socket = scripted.connect(path, [], { headers: { 'X-Mine': word() } });
  socket.on('error', () => {});
  await scripted.tells('tunnel-opened');
  socket.terminate();
  const heads = headsOf(storyOf(scripted));
  expect(heads.attached).toMatchObject({ target: { url: 'http://backend:8091/' }, answer: { status: 101 } });
  expect([heads.target, heads.answer, markedHeads(heads).toTarget]).toEqual([null, null, null]);
  const html = await renderView(headsView(heads));
  expect(html).toContain('lab-attach connects the uppercase server');
  expect(html).toContain('GET / HTTP/1.1');
  expect(html).not.toContain('No target was asked');
});

test('on the page’s port what would act on the page is dropped, and what guards it is added', () => {
  const any = { at: '', connection: 'c' };
  const cookie = word();
  const story = (status: number): GatewayEvent[] => [
    {
      ...any,
      id: 1,
      type: 'request-received',
      listener: 'site',
      method: 'GET',
      path: '/',
      headers: [],
      remote: '127.0.0.1',
    },
    { ...any, id: 2, type: 'policy-started', policy: 'websocket-upgrade', title: 'up', index: 0 },
    { ...any, id: 3, type: 'target-response', status, reason: '', headers: [['Set-Cookie', cookie]] },
    {
      ...any,
      id: 4,
      type: 'response-sent',
      status,
      reason: '',
      headers: [['X-Content-Type-Options', 'nosniff']],
      body: '',
      rules: [],
      from: 'target',
    },
  ];
  const { toClient } = markedHeads(headsOf(story(404)));
  expect(fateOf(toClient?.incoming, 'Set-Cookie')?.[0]).toBe('dropped');
  expect(fateOf(toClient?.outgoing, 'Set-Cookie')).toBeUndefined();
  expect(fateOf(toClient?.outgoing, 'X-Content-Type-Options')?.[0]).toBe('added');
});
