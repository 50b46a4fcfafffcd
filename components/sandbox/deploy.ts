// Puts an API definition or a product into the reader's sandbox.
import type { z } from 'zod/mini';
import {
  type Deployment,
  deploymentAnswer,
  type ProductDeployment,
  productAnswer,
} from '../lab-server/answers.ts';
import { ask } from '../lab-server/ask.ts';
import { type SandboxUse, withSandbox } from './own-sandbox.ts';
import { writeSandbox } from './sandbox-record.ts';

/** The deployment, or the refusal with its diagnostics. Throws a LabProblem for all else. */
export async function deploy(
  api: string,
  definition: string,
  signal?: AbortSignal,
): Promise<SandboxUse<Deployment>> {
  const use = await put(`apis/${encodeURIComponent(api)}`, definition, deploymentAnswer, signal);
  if ('endpoints' in use.result && !use.sandbox.apis.includes(api)) {
    writeSandbox({ ...use.sandbox, apis: [...use.sandbox.apis, api] });
  } else {
    // Whoever waits for a deployment hears of each one.
    writeSandbox(use.sandbox);
  }
  return use;
}

/** Likewise for a product file. */
export async function deployProduct(
  product: string,
  text: string,
  signal?: AbortSignal,
): Promise<SandboxUse<ProductDeployment>> {
  const use = await put(`products/${encodeURIComponent(product)}`, text, productAnswer, signal);
  writeSandbox(use.sandbox);
  return use;
}

function put<Answer>(
  resource: string,
  text: string,
  schema: z.ZodMiniType<Answer>,
  signal: AbortSignal | undefined,
): Promise<SandboxUse<Answer>> {
  return withSandbox(
    ({ organization, token }) =>
      ask(
        {
          method: 'PUT',
          path: `/api/sandboxes/${encodeURIComponent(organization)}/${resource}`,
          body: { type: 'application/yaml', text },
          token,
          signal,
        },
        schema,
        [200, 422],
      ),
    signal,
  );
}
