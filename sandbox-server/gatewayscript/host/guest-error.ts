// An error that a script causes and shall see: the guest throws it at the script's line, under this name.

export type GuestErrorName = 'TypeError' | 'RangeError' | 'Error';

/** Thrown by host functions; any other error is the lab's own fault and ends the run. */
export class GuestError extends Error {
  constructor(name: GuestErrorName, message: string) {
    super(message);
    this.name = name;
  }
}

/** A value as a message quotes it: as JSON, so that a list is no number and line breaks are visible; cut. */
export function quoted(value: unknown): string {
  const text = value instanceof Uint8Array ? 'a Buffer' : (JSON.stringify(value) ?? String(value));
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
