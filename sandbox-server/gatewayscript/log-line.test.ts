// The gateway's own log line, part by part.
import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { formatLogLine, type LogOrigin } from './log-line.ts';
import { CONSOLE_LEVELS } from './types.ts';

const origin = (over: Partial<LogOrigin> = {}): LogOrigin => ({
  at: new Date(),
  transactionId: randomBytes(12).toString('hex'),
  domain: 'apiconnect',
  client: '172.30.104.134',
  ...over,
});

test('the published line comes out of its parts', () => {
  const transactionId = `${'a1ab6650'.repeat(2)}00006650`;
  const at = new Date('2024-03-19T14:33:18.611Z');
  expect(formatLogLine({ level: 'error', text: 'text' }, origin({ at, transactionId }))).toBe(
    `20240319T143318.611Z [apiconnect][0x8580005c][gatewayscript-user][error] apigw(apiconnect): tid(26192)[request][172.30.104.134] gtid(${transactionId}): text`,
  );
});

test('time, domain, client, transaction and text are those given', () => {
  const at = new Date(randomInt(1e12, 2e12));
  const [domain, text] = [randomUUID(), `%s "quoted" ${randomUUID()}`];
  const given = origin({ at, domain, client: '::1' });
  const line = formatLogLine({ level: 'info', text }, given);
  const [time] = line.split(' ');
  const iso = time?.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)/, '$1-$2-$3T$4:$5:');
  expect(iso).toBe(at.toISOString());
  expect(line).toContain(`[${domain}]`);
  expect(line).toContain(`apigw(${domain}): `);
  expect(line).toContain(`[request][::1] gtid(${given.transactionId}): ${text}`);
});

test('every level has its label', () => {
  const labels = CONSOLE_LEVELS.map(
    (level) => /\[gatewayscript-user\]\[(\w+)\]/.exec(formatLogLine({ level, text: '' }, origin()))?.[1],
  );
  expect(Object.fromEntries(CONSOLE_LEVELS.map((level, index) => [level, labels[index]]))).toEqual({
    debug: 'debug',
    trace: 'debug',
    info: 'info',
    log: 'info',
    notice: 'notice',
    warn: 'warn',
    error: 'error',
    critical: 'critic',
    alert: 'alert',
    emerg: 'emerg',
  });
});

test('an id that is no hexadecimal number still makes a line', () => {
  expect(formatLogLine({ level: 'warn', text: 'x' }, origin({ transactionId: 'none' }))).toContain('tid(0)');
});
