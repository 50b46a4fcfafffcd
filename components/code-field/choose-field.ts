// Chooses what stands behind an editor, and loads it.
import type { CodeField, CodeFieldOptions } from './code-field.ts';

/** Monaco does not support touch (its own documentation): there a plain text area does the same job. */
function wantsPlain(): boolean {
  return matchMedia('(pointer: coarse)').matches;
}

/** Fetches what an editor needs, ahead of its use. */
export function prefetchField(): void {
  if (!wantsPlain()) import('./monaco-field.ts').catch(() => {});
}

/** A field inside `place`. Where Monaco cannot be loaded, the plain one comes. */
export async function chooseField(place: HTMLElement, options: CodeFieldOptions): Promise<CodeField> {
  const plain = async () => (await import('./plain-field.ts')).createPlainField(place, options);
  if (wantsPlain()) return plain();
  try {
    return (await import('./monaco-field.ts')).createMonacoField(place, options);
  } catch (error) {
    console.warn('Monaco could not be loaded; a plain text area takes its place.', error);
    place.replaceChildren();
    return plain();
  }
}
