// A colour of the style sheet as Monaco takes it.

/** `#fff` (what a minifier makes of white) becomes `#ffffff`; other six or eight digit forms stay. Anything else is `null`. */
export function hexColor(css: string): string | null {
  const value = css.trim();
  if (/^#([0-9a-f]{6}|[0-9a-f]{8})$/i.test(value)) return value;
  if (!/^#[0-9a-f]{3,4}$/i.test(value)) return null;
  return value.replaceAll(/[0-9a-f]/gi, '$&$&');
}
