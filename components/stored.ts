// The browser's storage as the lab uses it. It may be full, forbidden or absent: then the page works, and forgets.

/** Characters of one value; a longer one is not kept. */
const longest = 300_000;

/** The kept text, or `null`. Never throws. */
export function readStored(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Keeps a text, or forgets it (`null`). Says whether that worked. Never throws. */
export function writeStored(key: string, value: string | null): boolean {
  try {
    if (value === null) localStorage.removeItem(key);
    else if (value.length > longest) return false;
    else localStorage.setItem(key, value);
    return true;
  } catch {
    return false;
  }
}
