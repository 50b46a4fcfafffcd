// Traffic to a sandbox whose definitions are still compiled after a restart.
import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { exchangeRaw } from './raw-client.fixture.ts';
import { definitionText, scriptPolicy, startGateway, upgradePolicy } from './started-gateway.fixture.ts';

async function started(ready: () => Promise<void>) {
  const lab = await startGateway({ ready });
  onTestFinished(async () => {
    await lab.close();
    expect(lab.faults).toEqual([]);
  });
  lab.deploy(definitionText('/one', upgradePolicy()));
  // The message is a copy of the request, with its body.
  lab.deploy(definitionText('/two', scriptPolicy("context.set('message.status.code', 200);")));
  return lab;
}

test('a handshake waits until its API is compiled, and what the client sends behind a request is not lost', async () => {
  const compiled = Promise.withResolvers<void>();
  const lab = await started(() => compiled.promise);
  const socket = lab.connect('/maple/sandbox/one');
  const body = Math.random().toString(36).repeat(10);
  const post = exchangeRaw(
    lab.port,
    `POST /maple/sandbox/two HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  while (lab.told('request-received').length < 2) await setImmediate();
  expect(lab.told('api-matched')).toEqual([]);
  compiled.resolve();
  await once(socket, 'open');
  socket.close();
  expect(await post).toMatchObject({ status: 200, body });
});

test('where it cannot be compiled now, the client gets 503 and when to come again, and the log says why', async () => {
  const why = `No room: ${Math.random()}`;
  const lab = await started(() => Promise.reject(new Error(why)));
  const answer = await exchangeRaw(lab.port, 'GET /maple/sandbox/one HTTP/1.1\r\nHost: x\r\n\r\n');
  expect(answer.status).toBe(503);
  expect(answer.head).toContain('Retry-After: 5');
  expect(lab.told('gateway-log')).toMatchObject([{ level: 'error', text: why }]);
});
