// A deployment, told in one sentence.
import type { Deployment } from '../lab-server/answers.ts';

export interface Deployed {
  result: Deployment;
  /** `apis`: what was deployed before. */
  sandbox?: { organization: string; apis: readonly string[] };
  renewed?: boolean;
}

/** Without a sandbox (a recorded deployment) nothing is said of whose it is. */
export function deploymentSentence({ result, sandbox, renewed }: Deployed): string {
  if (!('endpoints' in result)) {
    const errors = result.diagnostics.filter((diagnostic) => diagnostic.severity === 'error').length;
    const before = sandbox?.apis.length ? ' What was deployed before stays.' : '';
    return `Not deployed: ${errors === 1 ? 'one error' : `${errors} errors`}.${before}`;
  }
  const where = sandbox ? ` in your organization ${sandbox.organization}` : '';
  const anew = renewed ? ' Your former organization was forgotten, so this is a new one.' : '';
  return `Deployed${where}: ${result.name}, version ${result.version}.${anew}`;
}
