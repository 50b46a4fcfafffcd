// xterm's colours, from the lab's own, in whichever theme the page is.
import type { ITheme, Terminal } from '@xterm/xterm';

/** xterm's names, and the lab's tokens for them. */
const COLORS = {
  background: 'surface',
  foreground: 'text',
  cursor: 'accent',
  cursorAccent: 'surface',
  selectionBackground: 'accent',
  selectionForeground: 'accent-text',
  selectionInactiveBackground: 'line',
  black: 'text',
  red: 'bad',
  green: 'ok',
  yellow: 'warn',
  blue: 'client',
  magenta: 'gateway',
  cyan: 'target',
  white: 'text-soft',
} satisfies Partial<Record<keyof ITheme, string>>;

function themeOfPage(): ITheme {
  const style = getComputedStyle(document.documentElement);
  const colors = Object.entries(COLORS).map(([name, token]) => [
    name,
    style.getPropertyValue(`--lab-${token}`).trim(),
  ]);
  return Object.fromEntries(colors);
}

/** Gives the terminal the page's theme now and whenever it changes, until the function given back is called. */
export function followTheme(terminal: Terminal): () => void {
  const apply = () => {
    terminal.options.theme = themeOfPage();
  };
  apply();
  const observer = new MutationObserver(apply);
  observer.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  return () => observer.disconnect();
}
