// Numeric character references for all that is not ASCII, where markup allows them: in text and in attributes' values.
const MARKUP =
  /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<!DOCTYPE[\s\S]*?>(?=<|\s*$)|<[^>]*>|[^<]+/g;
const NON_ASCII = /[\u0080-\u{10ffff}]/gu;

/** Decimal, which is the lab's choice. Names, comments, CDATA and instructions have no references and stay. */
export function escapeNonAscii(xml) {
  return xml.replace(MARKUP, (part) => {
    if (part.startsWith('<!') || part.startsWith('<?')) return part;
    return part.startsWith('<') ? part.replace(/"[^"]*"|'[^']*'/g, referenced) : referenced(part);
  });
}

function referenced(text) {
  return text.replace(NON_ASCII, (character) => `&#${character.codePointAt(0)};`);
}
