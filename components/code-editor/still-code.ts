// The highlighted code of the page, before an editor takes its place. A text of the reader's own stands there without colours.

export class StillCode {
  #element: HTMLElement;
  #start: string;
  #code: Element | null;
  #highlighted: Node[];

  /** `element` holds Expressive Code's block of the text `start`. */
  constructor(element: HTMLElement, start: string) {
    this.#element = element;
    this.#start = start;
    this.#code = element.querySelector('code');
    this.#highlighted = [...(this.#code?.childNodes ?? [])];
  }

  show(text: string): void {
    this.#code?.replaceChildren(...(text === this.#start ? this.#highlighted : text.split('\n').map(line)));
  }

  hide(): void {
    this.#element.hidden = true;
  }
}

/** One line as Expressive Code builds it, so that it looks and numbers the same. */
function line(text: string): HTMLElement {
  const row = document.createElement('div');
  row.className = 'ec-line';
  const code = document.createElement('div');
  code.className = 'code';
  code.textContent = text || '\n';
  row.append(code);
  return row;
}
