// The plain field: a text area, for touch devices and wherever Monaco cannot come.
import type { CodeField, CodeFieldOptions } from './code-field.ts';
import { offsetOf } from './offset-of.ts';
import { isRunKey } from './run-key.ts';

export function createPlainField(place: HTMLElement, options: CodeFieldOptions): CodeField {
  const area = document.createElement('textarea');
  area.className = 'lab-plain';
  area.value = options.text;
  area.setAttribute('aria-label', options.label);
  area.spellcheck = false;
  area.autocapitalize = 'off';
  area.setAttribute('autocorrect', 'off');
  area.addEventListener('input', () => options.onInput(area.value));
  area.addEventListener('keydown', (event) => {
    if (!isRunKey(event)) return;
    event.preventDefault();
    options.onRun();
  });
  place.append(area);
  return {
    get text() {
      return area.value;
    },
    setText(text) {
      area.value = text;
    },
    focus() {
      area.focus({ preventScroll: true });
    },
    goTo(line, column = 1) {
      const offset = offsetOf(area.value, line, column);
      area.focus();
      area.setSelectionRange(offset, offset);
      const lineHeight = Number.parseFloat(getComputedStyle(area).lineHeight);
      area.scrollTop = Math.max(0, (line - 3) * lineHeight);
    },
    mark(marks) {
      area.setAttribute('aria-invalid', String(marks.some((mark) => mark.severity === 'error')));
    },
    dispose() {
      area.remove();
    },
  };
}
