// `catch` and `finally` over real sockets: who takes an error, what a handler finds, and what the client gets.
import { once } from 'node:events';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  definitionText,
  handshakeScript,
  type StartedGateway,
  scriptPolicy,
  startGateway,
  upgradePolicy,
} from '../started-gateway.fixture.ts';
import type { CatchHandler } from '../types.ts';
import { handlerFor } from './catch.ts';
import { ERROR_NAMES } from './error-names.ts';
import {
  askFlow,
  atLast,
  catching,
  type FlowOptions,
  handler,
  logged,
  setting,
  throwing,
  word,
} from './flow.fixture.ts';

let lab: StartedGateway;
beforeAll(async () => {
  lab = await startGateway();
});
afterAll(async () => {
  await lab.close();
  expect(lab.faults).toEqual([]);
});
beforeEach(() => {
  lab.events.length = 0;
});
const ask = (policies: string, options?: FlowOptions) => askFlow(lab, policies, options);
const tell = (text: string) => setting(`{set: message.headers.X-Told, value: "${text}"}`);
const UPGRADE = [
  'Upgrade: websocket',
  'Connection: Upgrade',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
];

describe('which handler takes an error', () => {
  it('without one the client gets the error of throw, with its status and message', async () => {
    const message = word();
    const answer = await ask(
      throwing('Cold', message, ', error-status-code: 418, error-status-reason: Teapot'),
    );
    expect(answer.status).toBe(418);
    expect(JSON.parse(answer.body)).toEqual({
      httpCode: '418',
      httpMessage: 'Teapot',
      moreInformation: message,
    });
  });

  it('the first that lists it, which finds the error in the context and is named in the log', async () => {
    const message = word();
    const answer = await ask(throwing('Cold', message), {
      rest: catching(
        handler(['Warm'], ''),
        handler(
          ['Warm', 'Cold'],
          tell(
            '$(error.name) $(error.message) $(error.policyTitle) $(error.status.code) $(error.status.reason)',
          ),
        ),
        handler(['Cold'], tell('second')),
        handler('default', tell('default')),
      ),
    });
    expect(answer.header('X-Told')).toBe(`Cold ${message} cold 500 Internal Server Error`);
    expect(answer.status).toBe(500);
    expect(logged(lab)).toContain('catch: the handler for Warm, Cold takes over the error Cold.');
  });

  it('the default one, also where it stands before one that lists the error', async () => {
    const answer = await ask(throwing('Cold'), {
      rest: catching(handler('default', tell('default')), handler(['Cold'], tell('cold'))),
    });
    expect(answer.header('X-Told')).toBe('default');
    expect(logged(lab)).toContain('catch: the default handler takes over the error Cold.');
  });

  it.each(['BadRequestError', 'UnauthorizedError'])(
    '%s is taken by name only, never by default',
    async (name) => {
      const byDefault = handler('default', tell('default'));
      const left = await ask(throwing(name), { rest: catching(byDefault) });
      expect([left.status, left.header('X-Told')]).toEqual([500, undefined]);
      expect(logged(lab).join()).toContain(
        `no handler takes the error ${name}. The default one does not take it`,
      );
      const taken = await ask(throwing(name), { rest: catching(byDefault, handler([name], tell('named'))) });
      expect(taken.header('X-Told')).toBe('named');
    },
  );

  it.each([
    ['JavaScriptError', scriptPolicy("throw new Error('x')")],
    ['Mine', scriptPolicy("context.reject('Mine', 'x')")],
    ['ConnectionError', upgradePolicy('http://backend:1')],
    ['PropertyError', setting('{set: request.verb, value: x}')],
    ['RuntimeError', '- map: {version: 2.0.0}'],
    ['RuntimeError', '- switch: {version: 2.0.0, case: [{otherwise: [{map: {version: 2.0.0}}]}]}'],
  ])('%s is caught by its name', async (name, policy) => {
    const answer = await ask(policy, {
      rest: catching(
        handler(
          [name],
          setting(
            '{set: message.status.code, value: 299, type: number}',
            '{set: message.body, value: caught}',
          ),
        ),
      ),
      headers: UPGRADE,
    });
    expect([answer.status, answer.body]).toEqual([299, 'caught']);
  });

  it('an unknown policy inside a branch is named to the client with its line', async () => {
    const answer = await ask('- switch: {version: 2.0.0, case: [{otherwise: [{map: {version: 2.0.0}}]}]}');
    expect(JSON.parse(answer.body).moreInformation).toMatch(
      /^The lab does not run the policy map \(line \d+ of the definition\)\.$/,
    );
  });

  it('is the first in order that lists the name or is the default one, whatever the list', () => {
    const names = fc.constantFrom(...ERROR_NAMES, 'Cold', 'Warm');
    const errors = fc.oneof(fc.constant('default' as const), fc.array(names, { maxLength: 4 }));
    fc.assert(
      fc.property(fc.array(errors, { maxLength: 6 }), names, (lists, name) => {
        const handlers: CatchHandler[] = lists.map((each) => ({ errors: each, execute: [] }));
        const byDefault = name !== 'BadRequestError' && name !== 'UnauthorizedError';
        const takes = lists.map((each) => (each === 'default' ? byDefault : each.includes(name)));
        expect(handlerFor(name, handlers)).toBe(handlers[takes.indexOf(true)] ?? null);
      }),
    );
  });
});

describe('after a handler', () => {
  it('a status that it sets goes out with the error’s own body, until it writes one', async () => {
    const message = word();
    const set = setting('{set: message.status.code, value: 403, type: number}');
    const answer = await ask(throwing('Cold', message), { rest: catching(handler('default', set)) });
    expect(answer.status).toBe(403);
    expect(JSON.parse(answer.body)).toMatchObject({ httpCode: '403', moreInformation: message });
  });

  it('an error inside it goes to the client, and no handler runs twice', async () => {
    const again = word();
    const answer = await ask(throwing('Cold'), {
      rest: catching(handler('default', throwing('Cold', again))),
    });
    expect(JSON.parse(answer.body).moreInformation).toBe(again);
    expect(lab.told('policy-started').map(({ index }) => index)).toEqual([0, 1]);
  });

  it('the handshake may be answered after all, by a script or another target', async () => {
    for (const policy of [scriptPolicy(handshakeScript()), upgradePolicy()]) {
      lab.deploy(definitionText('/flow', throwing('Cold'), catching(handler('default', policy))));
      const socket = lab.connect('/maple/sandbox/flow');
      await once(socket, 'open');
      socket.terminate();
    }
  });
});

describe('finally', () => {
  const last = () => {
    const value = word();
    return { value, rest: atLast(tell(value)) };
  };

  it('runs after success, and what it does to the message goes out', async () => {
    const { value, rest } = last();
    expect((await ask(setting('{set: a, value: b}'), { rest })).header('X-Told')).toBe(value);
  });

  it('runs after a handler, and adds to what the handler sends', async () => {
    const { value, rest } = last();
    const set = setting(
      '{set: message.status.code, value: 409, type: number}',
      '{set: message.body, value: b}',
    );
    const answer = await ask(throwing('Cold'), { rest: catching(handler('default', set)) + rest });
    expect([answer.status, answer.body, answer.header('X-Told')]).toEqual([409, 'b', value]);
  });

  it('runs after an error that nothing takes, finds it in the context, and leaves the answer as it is', async () => {
    const message = word();
    const answer = await ask(throwing('Cold', message), {
      rest: atLast(scriptPolicy("console.log(context.get('error.name'))")),
    });
    expect(JSON.parse(answer.body).moreInformation).toBe(message);
    expect(lab.told('console').map(({ text }) => text)).toEqual(['Cold']);
  });

  it('that fails takes the place of a message that was still to be sent, and of no answer that stands', async () => {
    const own = word();
    const rest = atLast(throwing('Late', own));
    expect(JSON.parse((await ask(setting('{set: a, value: b}'), { rest })).body).moreInformation).toBe(own);
    const message = word();
    expect(JSON.parse((await ask(throwing('Cold', message), { rest })).body).moreInformation).toBe(message);
  });

  it('does not run when the connection has switched', async () => {
    lab.deploy(definitionText('/flow', upgradePolicy(), last().rest));
    const socket = lab.connect('/maple/sandbox/flow');
    await once(socket, 'open');
    socket.terminate();
    expect(lab.told('policy-started').map(({ policy }) => policy)).toEqual(['websocket-upgrade']);
  });
});
