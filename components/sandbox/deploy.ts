// Puts an API definition or a product into the reader's sandbox.
import { z } from 'zod/mini';
import {
  type Deployment,
  deploymentAnswer,
  type ProductDeployment,
  productAnswer,
  type ServerDeployment,
  serverAnswer,
} from '../lab-server/answers.ts';
import { ask, type Question } from '../lab-server/ask.ts';
import { type SandboxUse, withSandbox } from './own-sandbox.ts';
import { type SandboxRecord, writeSandbox } from './sandbox-record.ts';

/** The deployment, or the refusal with its diagnostics. Throws a LabProblem for all else. */
export async function deploy(
  api: string,
  definition: string,
  signal?: AbortSignal,
): Promise<SandboxUse<Deployment>> {
  const use = await put(`apis/${encodeURIComponent(api)}`, yaml(definition), deploymentAnswer, signal);
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
  const use = await put(`products/${encodeURIComponent(product)}`, yaml(text), productAnswer, signal);
  writeSandbox(use.sandbox);
  return use;
}

/** Starts a server on a port of the sandbox, or says why it does not start. Throws a LabProblem for all else. */
export async function deployServer(
  port: number,
  script: string,
  signal?: AbortSignal,
): Promise<SandboxUse<ServerDeployment>> {
  const body = { type: 'text/javascript', text: script } as const;
  const use = await put(`servers/${port}`, body, serverAnswer, signal);
  writeSandbox(use.sandbox);
  return use;
}

/** Throws a LabProblem, of status 404 where there is none. */
export async function stopServer(
  { organization, token }: SandboxRecord,
  port: number,
  signal: AbortSignal,
): Promise<void> {
  const path = `/api/sandboxes/${encodeURIComponent(organization)}/servers/${port}`;
  await ask({ method: 'DELETE', path, token, signal }, z.null(), [204]);
}

const yaml = (text: string) => ({ type: 'application/yaml', text }) as const;

function put<Answer>(
  resource: string,
  body: NonNullable<Question['body']>,
  schema: z.ZodMiniType<Answer>,
  signal: AbortSignal | undefined,
): Promise<SandboxUse<Answer>> {
  return withSandbox(
    ({ organization, token }) =>
      ask(
        {
          method: 'PUT',
          path: `/api/sandboxes/${encodeURIComponent(organization)}/${resource}`,
          body,
          token,
          signal,
        },
        schema,
        [200, 422],
      ),
    signal,
  );
}
