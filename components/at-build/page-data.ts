// Hands texts from the page's author to an element, as JSON in a script element that no browser runs.

/** JSON that is safe inside `<script type="application/json">`; members without a value are left out. */
export function pageData(texts: Record<string, string | undefined>): string {
  return JSON.stringify(texts).replaceAll('<', '\\u003c');
}
