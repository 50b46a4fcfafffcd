// Names in a diagnostic: a reader wants the first few, and a text can be made to have any number of any length.

const SHOWN = 10;
const MAX_CHARACTERS = 60;

/** `a, b, c`, cut after ten; `none` where there is none. */
export function listNames(names: Iterable<string>): string {
  const shown: string[] = [];
  for (const name of names) {
    if (shown.length === SHOWN) {
      shown.push('…');
      break;
    }
    shown.push(name.length > MAX_CHARACTERS ? `${name.slice(0, MAX_CHARACTERS)}…` : name);
  }
  return shown.join(', ') || 'none';
}
