// A moment as the reader's own clock shows it.

/** Kept: to make one takes longer than to use it a hundred times. */
const format = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hourCycle: 'h23',
});

/** The reader's own time of day, with milliseconds; `at` is ISO 8601. What is no time, as in a file of somebody's, shows as it is. */
export function clockTime(at: string): string {
  const time = Date.parse(at);
  return Number.isNaN(time) ? at : format.format(time);
}
