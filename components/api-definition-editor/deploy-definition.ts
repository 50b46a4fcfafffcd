// Deploys a definition or a product as it stands in the editor. Fetched with the first deployment.
import type { TemplateResult } from 'lit';
import type { Diagnostic, ProductDeployment } from '../lab-server/answers.ts';
import { deploy, deployProduct } from '../sandbox/deploy.ts';
import type { SandboxUse } from '../sandbox/own-sandbox.ts';
import { deploymentSentence } from './deployment-sentence.ts';
import { deploymentView } from './deployment-view.ts';
import { isProduct } from './is-product.ts';
import { productSentence, productView } from './product-view.ts';

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
  if (isProduct(text)) return deployedProduct(await deployProduct(api, text, signal));
  const use = await deploy(api, text, signal);
  const sentence = deploymentSentence(use);
  return {
    diagnostics: use.result.diagnostics,
    sentence,
    view: (goToLine) => deploymentView(use.result, { sentence, goToLine, lineOf: (line) => line }),
  };
}

function deployedProduct(use: SandboxUse<ProductDeployment>): DefinitionDeployment {
  const { result } = use;
  if (!('plans' in result)) {
    const sentence = deploymentSentence({ ...use, result });
    return {
      diagnostics: result.diagnostics,
      sentence,
      view: (goToLine) => deploymentView(result, { sentence, goToLine, lineOf: (line) => line }),
    };
  }
  const sentence = productSentence(result, use.sandbox.organization);
  return {
    diagnostics: result.diagnostics,
    sentence,
    view: (goToLine) => productView(result, { sentence, goToLine, lineOf: (line) => line }),
  };
}
