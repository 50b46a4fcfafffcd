// The names and values of a query, character by character as in Node.js 8.9.4, so that odd separators and stray signs end up as they do there.

/** What counts as a digit of a `%XX`; Node's table has the colon in it. */
const DIGIT = /[0-9:a-f]/i;

/**
 * @param options.always decode also what has no `%XX` in it
 * @param options.decode text => text
 * @returns an object without a prototype
 */
export function parsePairs(text, separator, equals, { maxKeys, always, decode }) {
  const found = Object.create(null);
  const space = always ? '%20' : ' ';
  let pairs = maxKeys;
  // [0] is of the name, [1] of the value.
  let parts = ['', ''];
  let encoded = [always, always];
  let [from, inSeparator, inEquals, digits] = [0, 0, 0, 0];
  const side = () => (inEquals < equals.length ? 0 : 1);

  function keep() {
    const [name, value] = parts.map((part, i) => (part.length > 0 && encoded[i] ? decode(part) : part));
    const present = found[name];
    if (present === undefined) found[name] = value;
    else if (Array.isArray(present)) present.push(value);
    else found[name] = [present, value];
  }

  /** Looks for a `%XX`; whether the character was part of one. */
  function sawCode(character, i) {
    if (character === '%') digits = 1;
    else if (digits === 0) return false;
    else if (!DIGIT.test(character)) {
      digits = 0;
      return false;
    } else {
      digits += 1;
      if (digits === 3) encoded[i] = true;
    }
    return true;
  }

  for (let i = 0; i < text.length; i += 1) {
    const character = text[i];
    if (character === separator[inSeparator]) {
      inSeparator += 1;
      if (inSeparator < separator.length) continue;
      const end = i - inSeparator + 1;
      if (from < end) parts[side()] += text.slice(from, end);
      const empty = side() === 0 && parts[0].length === 0 && from >= end;
      if (!empty) keep();
      pairs -= 1;
      if (pairs === 0) return found;
      if (!empty) {
        parts = ['', ''];
        encoded = [always, always];
        digits = 0;
      }
      from = i + 1;
      inSeparator = inEquals = 0;
      continue;
    }
    inSeparator = 0;
    if (side() === 0) {
      if (character === equals[inEquals]) {
        inEquals += 1;
        if (inEquals === equals.length) {
          const end = i - inEquals + 1;
          if (from < end) parts[0] += text.slice(from, end);
          digits = 0;
          from = i + 1;
        }
        continue;
      }
      inEquals = 0;
      if (!encoded[0] && sawCode(character, 0)) continue;
    }
    if (character === '+') {
      if (from < i) parts[side()] += text.slice(from, i);
      parts[side()] += space;
      from = i + 1;
    } else if (!encoded[1]) {
      // Also within a name that has its code already: so it is in Node.
      sawCode(character, 1);
    }
  }

  if (from < text.length) {
    if (side() === 0) parts[0] += text.slice(from);
    else if (inSeparator < separator.length) parts[1] += text.slice(from);
  } else if (inEquals === 0 && parts[0].length === 0) {
    return found;
  }
  keep();
  return found;
}
