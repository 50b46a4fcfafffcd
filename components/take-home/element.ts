// Makes the zip in the browser, from the texts as the reader has left them.
import { LitElement, type TemplateResult } from 'lit';
import { EditedText } from '../code-editor/edited-text.ts';
import { LabProblem } from '../lab-server/lab-problem.ts';
import { saveFile } from '../look/save-file.ts';
import { readNames } from '../names/kept-names.ts';
import { pageTexts } from '../page-texts.ts';
import { takeStage } from '../stage.ts';
import { takeHomeView } from './take-home-view.ts';

/** `<lab-take-home>`, written by TakeHome.astro. */
export class TakeHomeElement extends LitElement {
  #said: { text: string; bad: boolean } | undefined;

  override createRenderRoot(): HTMLElement {
    return takeStage(this);
  }

  override render(): TemplateResult {
    return takeHomeView({ said: this.#said, take: () => void this.#take() });
  }

  async #take(): Promise<void> {
    try {
      const [{ strToU8, zipSync }, { takeHomeFiles }] = await Promise.all([
        import('fflate'),
        import('./take-home-files.ts'),
      ]);
      const files = takeHomeFiles(this.#texts(), readNames());
      const zip = zipSync(
        Object.fromEntries(
          Object.entries(files).map(([name, text]) => [`websocket-lab/${name}`, strToU8(text)]),
        ),
      );
      saveFile(new Blob([Uint8Array.from(zip)], { type: 'application/zip' }), 'websocket-lab.zip');
      this.#said = {
        text: `websocket-lab.zip has ${Object.keys(files).length} files. Begin with its README.md.`,
        bad: false,
      };
    } catch (error) {
      const known = error instanceof LabProblem;
      if (!known) console.error(error);
      this.#said = {
        text: known
          ? `${error.message} ${error.hint}`
          : 'The zip could not be made. Reload the page and try again.',
        bad: true,
      };
    }
    this.requestUpdate();
  }

  #texts() {
    const texts = pageTexts(this);
    const text = (name: string) => new EditedText(texts[`${name}Id`] ?? '', texts[name] ?? '', null).text;
    return {
      upgrade: text('upgrade'),
      scripted: text('scripted'),
      script: text('script'),
      server: text('server'),
    };
  }
}

customElements.define('lab-take-home', TakeHomeElement);
