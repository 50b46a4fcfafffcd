// A console entry as a line of the gateway's own log.
import type { ConsoleEntry, ConsoleLevel } from './types.ts';

/** Labels of the log's levels (seen in published logs); which label `log` and `trace` have there is inferred. */
const LABELS: Record<ConsoleLevel, string> = {
  emerg: 'emerg',
  alert: 'alert',
  critical: 'critic',
  error: 'error',
  warn: 'warn',
  notice: 'notice',
  info: 'info',
  log: 'info',
  debug: 'debug',
  trace: 'debug',
};

/** The log's code for what scripts write (seen in published logs). */
const SCRIPT_CODE = '0x8580005c';

export interface LogOrigin {
  at: Date;
  /** 24 hexadecimal digits. */
  transactionId: string;
  /** The gateway's domain; `apiconnect` in published logs. */
  domain: string;
  /** The client's address. */
  client: string;
}

/**
 * `20240319T143318.611Z [apiconnect][0x8580005c][gatewayscript-user][error] apigw(apiconnect): tid(26192)[request][172.30.104.134] gtid(…): text`,
 * the form seen in published logs. The number in `tid` is the gateway's own count there; here it is made of the transaction's id.
 */
export function formatLogLine(entry: Pick<ConsoleEntry, 'level' | 'text'>, origin: LogOrigin): string {
  const { at, transactionId, domain, client } = origin;
  const time = at.toISOString().replace(/[-:]/g, '');
  const tid = Number.parseInt(transactionId.slice(-6), 16) || 0;
  const source = `[${domain}][${SCRIPT_CODE}][gatewayscript-user][${LABELS[entry.level]}]`;
  return `${time} ${source} apigw(${domain}): tid(${tid})[request][${client}] gtid(${transactionId}): ${entry.text}`;
}
