// Whether the text of an editor is a product file, which goes another way than an API definition.

/** A product says so in its top-level key `product`, in YAML or JSON; a text that cannot be told is taken for a definition. */
export function isProduct(text: string): boolean {
  if (text.trimStart().startsWith('{')) {
    try {
      return Object.hasOwn(Object(JSON.parse(text)), 'product');
    } catch {
      return false;
    }
  }
  return /^(['"]?)product\1[ \t]*:(?=\s|$)/m.test(text);
}
