// How well two colours can be told apart (WCAG 2.2, relative luminance), and the colours that tokens.css names.

export type Theme = 'light' | 'dark';

/** The colour tokens of one theme, name to `#rrggbb`. */
export function readTokens(css: string, theme: Theme): Map<string, string> {
  const start = css.indexOf(`:root[data-theme="${theme}"] {`);
  const block = start < 0 ? '' : css.slice(start, css.indexOf('}', start));
  return new Map(
    [...block.matchAll(/(--lab-[\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  );
}

/** From 1 (the same) to 21 (black on white). Throws for anything but `#rrggbb`. */
export function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  if (!/^#[0-9a-f]{6}$/.test(colour)) throw new Error(`Received the colour "${colour}". Expected #rrggbb.`);
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
    linear(parseInt(colour.slice(at, at + 2), 16) / 255),
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}
