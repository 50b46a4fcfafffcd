// The place of an element's results: the recorded one of the page, until there is a live one.
import { render, type TemplateResult } from 'lit';

export class ResultPlace {
  #recorded: Element[];
  #live: HTMLElement;
  #edited: Element | null;

  /** `place` holds what was recorded. */
  constructor(place: Element) {
    this.#recorded = [...place.children];
    this.#edited = place.querySelector('[data-edited]');
    this.#live = document.createElement('div');
    place.prepend(this.#live);
  }

  /** What was recorded tells of the start: says beside it whether the reader's text is another. */
  tellEdited(edited: boolean): void {
    this.#edited?.toggleAttribute('hidden', !edited);
  }

  /** Shows a live result in the recorded one's stead; with `keepRecorded` (a problem) both. */
  show(view: TemplateResult | null, keepRecorded: boolean): void {
    render(view, this.#live);
    for (const element of this.#recorded) element.toggleAttribute('hidden', !keepRecorded);
  }
}
