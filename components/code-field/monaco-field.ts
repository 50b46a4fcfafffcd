// The field with Monaco behind it, in the same measures as the still code that it takes the place of.
import type { CodeField, CodeFieldOptions, Mark } from './code-field.ts';
import { editor, MarkerSeverity, SERVER_JAVASCRIPT } from './monaco.ts';
import { followTheme } from './monaco-theme.ts';
import { isRunKey } from './run-key.ts';
import { serverMarks } from './server-marks.ts';

const languages = { js: 'javascript', 'server-js': SERVER_JAVASCRIPT, yaml: 'yaml' };
const severities = {
  error: MarkerSeverity.Error,
  warning: MarkerSeverity.Warning,
  info: MarkerSeverity.Info,
};

const bring = {
  js: () => import('./script-language.ts'),
  'server-js': () => import('./server-language.ts'),
  yaml: () => import('./yaml-language.ts'),
};

/** Completions and hovers. Each module acts once; where it cannot come, the editor does without. */
function bringLanguage(language: CodeFieldOptions['language']): void {
  bring[language]().catch((error) => console.warn('There are no completions.', error));
}

export function createMonacoField(place: HTMLElement, options: CodeFieldOptions): CodeField {
  followTheme();
  const style = getComputedStyle(place);
  const model = editor.createModel(options.text, languages[options.language]);
  const view = editor.create(place, {
    model,
    // A text that is typed stays as it was typed: only Tab, or Enter where it changes something, takes a suggestion.
    acceptSuggestionOnCommitCharacter: false,
    acceptSuggestionOnEnter: 'smart',
    ariaLabel: options.label,
    automaticLayout: true,
    contextmenu: false,
    fixedOverflowWidgets: true,
    folding: false,
    guides: { indentation: false },
    fontFamily: style.getPropertyValue('--lab-mono'),
    fontSize: 13,
    lineHeight: Number.parseFloat(style.getPropertyValue('--lab-line-height')),
    lineNumbersMinChars: 3,
    minimap: { enabled: false },
    occurrencesHighlight: 'off',
    overviewRulerLanes: 0,
    padding: { top: 8, bottom: 8 },
    // In strings too: names of variables and modules.
    quickSuggestions: { other: true, comments: false, strings: true },
    renderFinalNewline: 'on',
    renderLineHighlight: 'none',
    renderValidationDecorations: 'on',
    // At its edges the wheel belongs to the page.
    scrollbar: { alwaysConsumeMouseWheel: false },
    scrollBeyondLastLine: false,
    tabFocusMode: true,
    tabSize: 2,
    wordBasedSuggestions: 'off',
    unicodeHighlight: { ambiguousCharacters: false },
  });
  alignGutter(view, Number.parseFloat(style.getPropertyValue('--lab-gutter')));
  leaveByTab(view);
  bringLanguageOnUse(place, view, options.language);
  const shown = serverMarks(model);
  let silent = false;
  view.onDidChangeModelContent(() => {
    if (!silent) options.onInput(model.getValue());
  });
  view.onKeyDown((event) => {
    if (!isRunKey(event.browserEvent)) return;
    event.preventDefault();
    event.stopPropagation();
    options.onRun();
  });
  return {
    get text() {
      return model.getValue();
    },
    setText(text) {
      silent = true;
      // As an edit rather than setValue, so that Monaco's own undo can take it back.
      model.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null);
      silent = false;
    },
    focus: () => view.focus(),
    goTo(line, column = 1) {
      const position = model.validatePosition({ lineNumber: line, column });
      view.setPosition(position);
      view.revealPositionInCenterIfOutsideViewport(position);
      view.focus();
    },
    mark: (marks) => shown.set(marks.map(marker)),
    dispose() {
      shown.dispose();
      view.dispose();
      model.dispose();
    },
  };

  function marker({ line, column, message, severity }: Mark): editor.IMarkerData {
    const { lineNumber, column: start } = model.validatePosition({ lineNumber: line, column });
    const word = model.getWordAtPosition({ lineNumber, column: start });
    const end = word ? word.endColumn : model.getLineMaxColumn(lineNumber);
    const from = end > start ? start : Math.max(1, model.getLineFirstNonWhitespaceColumn(lineNumber));
    return {
      startLineNumber: lineNumber,
      startColumn: from,
      endLineNumber: lineNumber,
      endColumn: end,
      message,
      severity: severities[severity],
    };
  }
}

/** Whoever only runs the text has no use for its language, which costs a worker and more code than the editor itself. */
function bringLanguageOnUse(
  place: HTMLElement,
  view: editor.IStandaloneCodeEditor,
  language: CodeFieldOptions['language'],
): void {
  // Not before the editor is painted.
  const bringIt = () => void setTimeout(() => bringLanguage(language));
  place.addEventListener('pointerenter', bringIt, { once: true });
  const focused = view.onDidFocusEditorText(() => {
    focused.dispose();
    bringIt();
  });
}

/** The text starts where the still code's text stood. */
function alignGutter(view: editor.IStandaloneCodeEditor, gutter: number): void {
  const { contentLeft, decorationsWidth } = view.getLayoutInfo();
  view.updateOptions({ lineDecorationsWidth: Math.max(0, decorationsWidth + gutter - contentLeft) });
}

/** Tab leaves until the reader has typed; after that Esc lets it leave again (WCAG 2.1.2, no keyboard trap). */
function leaveByTab(view: editor.IStandaloneCodeEditor): void {
  const leave = (tabFocusMode: boolean) => view.updateOptions({ tabFocusMode });
  view.onDidChangeModelContent(() => {
    if (view.hasTextFocus()) leave(false);
  });
  view.onKeyDown((event) => {
    if (event.browserEvent.key === 'Escape') leave(true);
  });
  view.onDidBlurEditorText(() => leave(true));
}
