// A definition's text, read: its values, and for each of them the line and column where it stands.
import { type ErrorCode, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import type { JsonValue } from '../../gatewayscript/types.ts';
import type { Diagnostic } from '../types.ts';
import { treeToJson } from './json.ts';
import { memberOf } from './merge-key.ts';
import { tooMuch } from './tokens.ts';

export type Path = (string | number)[];

export interface Source {
  value: JsonValue;
  /** Where a member stands; where it does not exist, its nearest parent that does. Both count from 1. */
  at(path: Path): { line: number; column: number };
}

const TWO_VALUES =
  'This line has a value, and more members in it or below it. If the next line stands further in, move it back to the column of this one; if the value has a colon and a space in it, put it in quotes.';
/** In place of the parser's own sentence, where that does not say what to do. */
const MENDS: Partial<Record<ErrorCode, string>> = {
  MULTIPLE_DOCS: 'A second document begins here, and a file has one definition. Deploy the other by itself.',
  BLOCK_AS_IMPLICIT_KEY: TWO_VALUES,
  MULTILINE_IMPLICIT_KEY: TWO_VALUES,
};

/** YAML or JSON, which is YAML. With diagnostics there is no source; never throws. */
export function readSource(text: string): Source | Diagnostic[] {
  const lines = new LineCounter();
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const error = (rule: string, message: string, offset: number): Diagnostic => ({
    severity: 'error',
    rule,
    message,
    ...place(offset),
    path: [],
  });
  try {
    const excess = tooMuch(text);
    if (excess) {
      // The parser, which would note the lines, does not see this text.
      lines.addNewLine(0);
      for (const { index } of text.slice(0, excess.offset).matchAll(/\n/g)) lines.addNewLine(index + 1);
      return [error('yaml-too-large', excess.message, excess.offset)];
    }
    const document = parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      // With `silent` the parser would leave out all that follows the first document, and not say so.
      logLevel: 'error',
      stringKeys: true,
      // Checked in `treeToJson`, which says why.
      uniqueKeys: false,
    });
    // The parser may have two names for one fault.
    const faults = document.errors
      .filter(({ pos }, index, all) => pos[0] !== all[index - 1]?.pos[0])
      .slice(0, 20);
    if (faults.length > 0)
      return faults.map(({ code, message, pos }) =>
        error('yaml', MENDS[code] ?? `${message.replace(/\.$/, '')}.`, pos[0]),
      );
    const tree = treeToJson(document.contents);
    if (tree.faults.length > 0)
      return tree.faults.map(({ rule, message, offset }) => error(rule, message, offset));
    return { value: tree.value, at: (path: Path) => place(offsetOf(document.contents, path, tree.targets)) };
  } catch (thrown) {
    // The parser's own limits show as a RangeError.
    return [
      error(
        'yaml',
        `The text cannot be read: ${thrown instanceof Error ? thrown.message : 'unknown reason'}.`,
        0,
      ),
    ];
  }
}

function offsetOf(root: Node | null, path: Path, targets: ReadonlyMap<Node, Node>): number {
  const follow = (value: unknown) => {
    let node = asNode(value);
    while (isAlias(node)) node = targets.get(node);
    return node;
  };
  let node = follow(root);
  let offset = root?.range?.[0] ?? 0;
  for (const name of path) {
    if (isMap(node)) {
      const member = memberOf(node, String(name), follow);
      if (!member) return offset;
      offset = member.key.range?.[0] ?? offset;
      node = follow(member.value);
    } else if (isSeq(node) && typeof name === 'number') {
      const item = asNode(node.items[name]);
      offset = item?.range?.[0] ?? offset;
      node = follow(item);
    } else return offset;
  }
  return offset;
}

function asNode(value: unknown): Node | undefined {
  return isAlias(value) || isScalar(value) || isMap(value) || isSeq(value) ? value : undefined;
}
