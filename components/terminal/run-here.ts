// The button "Run here" of a command: brings the terminal when it is pressed, and nothing before.

/** `<lab-run-here>`, written by RunHere.astro; holds the command, the button beside it, and the place of the terminal behind both. */
class RunHereElement extends HTMLElement {
  connectedCallback(): void {
    // Not the command's own button, which copies it.
    const button = this.querySelector<HTMLButtonElement>('[data-run]');
    button?.addEventListener('click', () => void this.#open(button));
    // What it will need comes while the reader still aims.
    button?.addEventListener('pointerenter', () => void import('./open-terminal.ts').catch(() => {}), {
      once: true,
    });
  }

  async #open(button: HTMLButtonElement): Promise<void> {
    const place = this.querySelector<HTMLElement>('[data-terminal]');
    const said = this.querySelector('[data-said]');
    if (!place || !said) return;
    button.setAttribute('aria-busy', 'true');
    try {
      const { openTerminal } = await import('./open-terminal.ts');
      said.textContent = '';
      openTerminal(place, this.dataset.command ?? '', () => button.focus());
    } catch {
      said.textContent = 'The lab’s server does not answer. Start the lab with npm start, and press again.';
    } finally {
      button.removeAttribute('aria-busy');
    }
  }
}

customElements.define('lab-run-here', RunHereElement);
