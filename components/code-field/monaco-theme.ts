// Monaco's colours: those of the still code around it, and the page's own surfaces, in whichever theme the page is.
import { hexColor } from './hex-color.ts';
import { editor } from './monaco.ts';

/** Foregrounds as Expressive Code writes them: its `vitesse` themes, raised to a contrast of 5.5. */
const tokens = {
  light: {
    comment: '5E655E',
    keyword: '964E4E',
    string: '905447',
    number: '2F6C5C',
    key: '486E2F',
    plain: '393A34',
  },
  dark: {
    comment: '93A093',
    keyword: 'D28989',
    string: 'CB8D81',
    number: '6BA896',
    key: '82A767',
    plain: 'DBD7CA',
  },
};

/** Monaco's colour ids and the lab's tokens for them. */
const colors = {
  'editor.background': 'surface',
  'editor.foreground': 'text',
  'editorLineNumber.foreground': 'text-soft',
  'editorLineNumber.activeForeground': 'text',
  'editorCursor.foreground': 'accent',
  'editorError.foreground': 'bad',
  'editorWarning.foreground': 'warn',
  'editorHoverWidget.background': 'surface-2',
  'editorHoverWidget.border': 'border',
  'editorWidget.background': 'surface-2',
  // Brackets are no rainbow: the still code has none.
  'editorBracketHighlight.foreground1': 'text',
  'editorBracketHighlight.foreground2': 'text',
  'editorBracketHighlight.foreground3': 'text',
  'editorBracketHighlight.unexpectedBracket.foreground': 'bad',
  focusBorder: 'focus',
};

/** Defines the theme of the page as it is now; gives its name. */
function define(): string {
  const theme = document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light';
  const { comment, keyword, string, number, key, plain } = tokens[theme];
  const style = getComputedStyle(document.documentElement);
  const name = `lab-${theme}`;
  editor.defineTheme(name, {
    base: theme === 'dark' ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      { token: '', foreground: plain },
      { token: 'comment', foreground: comment },
      { token: 'keyword', foreground: keyword },
      { token: 'string', foreground: string },
      { token: 'string.yaml', foreground: string },
      { token: 'number', foreground: number },
      { token: 'regexp', foreground: string },
      { token: 'type', foreground: key },
      { token: 'delimiter', foreground: plain },
    ],
    colors: Object.fromEntries(
      Object.entries(colors).flatMap(([id, token]) => {
        const color = hexColor(style.getPropertyValue(`--lab-${token}`));
        return color ? [[id, color]] : [];
      }),
    ),
  });
  return name;
}

let following = false;

/** Gives Monaco the page's theme now and whenever it changes. Monaco has one theme for all its editors, so this acts once. */
export function followTheme(): void {
  if (following) return;
  following = true;
  const apply = () => editor.setTheme(define());
  apply();
  new MutationObserver(apply).observe(document.documentElement, { attributeFilter: ['data-theme'] });
}
