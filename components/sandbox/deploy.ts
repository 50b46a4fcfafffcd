// Puts an API definition into the reader's sandbox.
import { type Deployment, deploymentAnswer } from '../lab-server/answers.ts';
import { ask } from '../lab-server/ask.ts';
import { type SandboxUse, withSandbox } from './own-sandbox.ts';
import { writeSandbox } from './sandbox-record.ts';

/** The deployment, or the refusal with its diagnostics. Throws a LabProblem for all else. */
export async function deploy(
  api: string,
  definition: string,
  signal?: AbortSignal,
): Promise<SandboxUse<Deployment>> {
  const use = await withSandbox(
    ({ organization, token }) =>
      ask(
        {
          method: 'PUT',
          path: `/api/sandboxes/${encodeURIComponent(organization)}/apis/${encodeURIComponent(api)}`,
          body: { type: 'application/yaml', text: definition },
          token,
          signal,
        },
        deploymentAnswer,
        [200, 422],
      ),
    signal,
  );
  if ('endpoints' in use.result && !use.sandbox.apis.includes(api)) {
    writeSandbox({ ...use.sandbox, apis: [...use.sandbox.apis, api] });
  } else {
    // Whoever waits for a deployment hears of each one.
    writeSandbox(use.sandbox);
  }
  return use;
}
