// A check that goes on over the full hour, at which the gateway counts anew.
import { expect, onTestFinished, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { labForChecks, verdictOn } from '../examined.fixture.ts';
import { checkpointFolders, textsOf } from '../lesson-files.ts';

const lab = labForChecks();

/** The hour is full right before that message of the check. */
function fullHourBefore(message: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-03-01T10:59:59Z') });
  const real = WebSocket.prototype.send;
  let sent = 0;
  const send = vi.spyOn(WebSocket.prototype, 'send').mockImplementation(function (
    this: WebSocket,
    ...args: unknown[]
  ) {
    if (/^message /.test(String(args[0]))) sent += 1;
    if (sent === message) vi.setSystemTime(new Date('2026-03-01T11:00:01Z'));
    return Reflect.apply(real, this, args);
  });
  onTestFinished(() => {
    send.mockRestore();
    vi.useRealTimers();
  });
}

const folder = checkpointFolders().find(({ step }) => step === 'limit-messages');
if (!folder) throw new Error('there is no such step');

test.each([2, 5, 6])(
  'limit-messages: the solution passes where message %i is the first of an hour',
  async (message) => {
    fullHourBefore(message);
    expect(await verdictOn(lab, folder.step, textsOf(folder, folder.solution))).toMatchObject({
      passed: true,
    });
  },
);

test('limit-messages: what limits nothing fails at any time', async () => {
  fullHourBefore(4);
  expect((await verdictOn(lab, folder.step, textsOf(folder, folder.start))).passed).toBe(false);
});
