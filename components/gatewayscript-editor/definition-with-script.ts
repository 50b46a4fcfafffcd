// Puts a script into an API definition: into the source of its first gatewayscript policy.
import {
  type Document,
  isMap,
  isScalar,
  LineCounter,
  parseDocument,
  Scalar,
  visit,
  type YAMLMap,
} from 'yaml';
import { LabProblem } from '../lab-server/lab-problem.ts';

export interface DefinitionWithScript {
  text: string;
  /** From a line of the definition to the script's own; `null` outside the script. */
  scriptLine(line: number): number | null;
}

/** Comments and order of the definition are kept. Throws a LabProblem when it is no YAML or has no such policy. */
export function definitionWithScript(definition: string, script: string): DefinitionWithScript {
  const document = parseDocument(definition);
  const [mistake] = document.errors;
  if (mistake)
    throw new LabProblem(
      0,
      'definition',
      `The API definition is no YAML: ${mistake.message}`,
      'Mend the definition first.',
    );
  const source = findSource(document);
  if (!source) {
    throw new LabProblem(
      0,
      'definition',
      'The API definition has no gatewayscript policy.',
      'Add one to the assembly: the script goes into its source.',
    );
  }
  const value = new Scalar(`${script.trimEnd()}\n`);
  value.type = Scalar.BLOCK_LITERAL;
  source.set('source', value);
  const text = document.toString({ lineWidth: 0 });
  const first = firstLine(text);
  const count = script.trimEnd().split('\n').length;
  return {
    text,
    scriptLine: (line) => (line >= first && line < first + count ? line - first + 1 : null),
  };
}

/** The properties of the first gatewayscript policy. */
function findSource(document: Document.Parsed): YAMLMap | null {
  const found: YAMLMap[] = [];
  visit(document, {
    Pair(_, { key, value }) {
      if (!isScalar(key) || key.value !== 'gatewayscript' || !isMap(value)) return undefined;
      found.push(value);
      return visit.BREAK;
    },
  });
  return found[0] ?? null;
}

/** The line of the definition that holds the script's first line: the one after `source: |`. */
function firstLine(text: string): number {
  const lines = new LineCounter();
  const source = findSource(parseDocument(text, { lineCounter: lines }))?.get('source', true);
  const start = isScalar(source) ? (source.range?.[0] ?? 0) : 0;
  return lines.linePos(start).line + 1;
}
