// Deploys a definition as it stands in the editor. Fetched with the first deployment.
import type { TemplateResult } from 'lit';
import type { Diagnostic } from '../lab-server/answers.ts';
import { deploy } from '../sandbox/deploy.ts';
import { deploymentSentence } from './deployment-sentence.ts';
import { deploymentView } from './deployment-view.ts';

export interface DefinitionDeployment {
  diagnostics: Diagnostic[];
  sentence: string;
  view(goToLine: (line: number) => void): TemplateResult;
}

/** Throws a LabProblem. */
export async function deployDefinition(
  text: string,
  api: string,
  signal: AbortSignal,
): Promise<DefinitionDeployment> {
  const use = await deploy(api, text, signal);
  const sentence = deploymentSentence(use);
  return {
    diagnostics: use.result.diagnostics,
    sentence,
    view: (goToLine) => deploymentView(use.result, { sentence, goToLine, lineOf: (line) => line }),
  };
}
