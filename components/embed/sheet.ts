// Makes a style sheet of the lab's pages one for a shadow root, with nothing in it that the host page could change.

/** Pixels of a `rem` where nobody has changed the root's size; the host page may have. */
const ROOT_PX = 16;

/** The tokens belong to the element's own box, where no property of the host page reaches; dark is what the reader's system says. */
export function ownTokens(css: string): string {
  return css
    .replaceAll(/:root(?:\[data-theme="?\w+"?\])?/g, '.lab-embed')
    .replaceAll('@media screen', '@media screen and (prefers-color-scheme: dark)');
}

/** Lengths in `rem` as pixels, but in the conditions of media queries, which the host page does not change. */
export function inPixels(css: string): string {
  return css.replaceAll(/(@media[^{]*)|(?<![\w.])(-?\d*\.?\d+)rem\b/g, (whole, query, number) =>
    query === undefined ? `${Number(number) * ROOT_PX}px` : whole,
  );
}
