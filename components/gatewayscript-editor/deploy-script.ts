// Deploys a script: into the definition, and that into the reader's sandbox. Fetched with the first deployment.
import type { TemplateResult } from 'lit';
import { deploymentSentence } from '../api-definition-editor/deployment-sentence.ts';
import { deploymentView } from '../api-definition-editor/deployment-view.ts';
import type { Mark } from '../code-field/code-field.ts';
import { deploy } from '../sandbox/deploy.ts';
import { definitionWithScript } from './definition-with-script.ts';
import type { GoToLine } from './run-view.ts';

export interface ScriptDeployment {
  /** The whole definition, with the script in it. */
  definition: string;
  /** Diagnostics that lie within the script, at the script's lines. */
  marks: Mark[];
  sentence: string;
  view(goToLine: GoToLine): TemplateResult;
}

/** Throws a LabProblem. */
export async function deployScript(
  definition: string,
  script: string,
  api: string,
  signal: AbortSignal,
): Promise<ScriptDeployment> {
  const { text, scriptLine } = definitionWithScript(definition, script);
  const use = await deploy(api, text, signal);
  const { diagnostics } = use.result;
  const marks = diagnostics.flatMap(({ line, message, severity }) => {
    const own = scriptLine(line);
    return own === null ? [] : [{ line: own, column: 1, message, severity }];
  });
  const sentence = deploymentSentence(use);
  return {
    definition: text,
    marks,
    sentence,
    view: (goToLine) => deploymentView(use.result, { sentence, goToLine, lineOf: scriptLine }),
  };
}
