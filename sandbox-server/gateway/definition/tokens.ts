// A look at a definition's tokens before it is parsed: what would keep the parser busy for seconds is refused here.
import { Lexer } from 'yaml';

/** Brackets, commas, dashes, line ends and values together; the largest published definition has fewer than half of them. */
const MAX_TOKENS = 50_000;
/** Brackets inside each other; the tree has a limit of its own for indented text. */
const MAX_FLOW_DEPTH = 100;
/** What the lexer adds that is not in the text: the marks for a document, a scalar and the end of a flow. */
const SCALAR_MARK = '\u001f';
const MARKS = new Set(['\u0002', '\u0018', SCALAR_MARK]);

/** The first place where a text has more than the parser should see, as a character offset; stops reading there. */
export function tooMuch(text: string): { message: string; offset: number } | null {
  let tokens = 0;
  let depth = 0;
  let offset = 0;
  let scalar = false;
  for (const token of new Lexer().lex(text)) {
    tokens += 1;
    if (tokens > MAX_TOKENS)
      return { message: `The definition is too long: it has more than ${MAX_TOKENS} parts.`, offset };
    // A scalar may look like a bracket.
    if (!scalar && (token === '[' || token === '{')) depth += 1;
    if (!scalar && (token === ']' || token === '}')) depth -= 1;
    if (depth > MAX_FLOW_DEPTH)
      return { message: `The definition is nested deeper than ${MAX_FLOW_DEPTH} levels.`, offset };
    scalar = token === SCALAR_MARK;
    if (!MARKS.has(token)) offset += token.length;
  }
  return null;
}
