// The part of an element's light DOM that its script draws; the build has drawn it once, so that nothing moves when the script comes.

/** The element's own stage (a child, or a child of its bar; not that of an element within), emptied for Lit, which draws it in the same task. Throws when the element was not written by its .astro file. */
export function takeStage(host: HTMLElement): HTMLElement {
  const stage = host.querySelector<HTMLElement>(':scope > [data-stage], :scope > .lab-bar > [data-stage]');
  if (!stage) throw new Error(`<${host.localName}> has no [data-stage]: its .astro file writes it.`);
  stage.replaceChildren();
  return stage;
}
