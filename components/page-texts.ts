// What the page's author gave an element: the texts of its JSON script, written at build time by at-build/page-data.ts.

/** The string members of the element's own JSON; none when there is no such script or it is damaged. */
export function pageTexts(host: Element): Partial<Record<string, string>> {
  const script = host.querySelector(':scope > script[type="application/json"]');
  return parseTexts(script?.textContent ?? '{}');
}

/** The string members of a JSON object. */
export function parseTexts(json: string): Partial<Record<string, string>> {
  const texts: Partial<Record<string, string>> = {};
  for (const [name, value] of Object.entries(parsedObject(json))) {
    if (typeof value === 'string') texts[name] = value;
  }
  return texts;
}

/** The JSON's object or list; an empty one for any other text. */
export function parsedObject(json: string): object {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
