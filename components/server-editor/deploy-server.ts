// Deploys a server file as it stands in the editor, or stops what runs on its port. Fetched with the first press.
import { html, type TemplateResult } from 'lit';
import { diagnosticsView } from '../api-definition-editor/deployment-view.ts';
import type { Mark } from '../code-field/code-field.ts';
import { LabProblem } from '../lab-server/lab-problem.ts';
import { deployServer, stopServer } from '../sandbox/deploy.ts';
import { readSandbox } from '../sandbox/sandbox-record.ts';

export interface Done {
  sentence: string;
  marks: Mark[];
  /** Whether it runs now. */
  runs: boolean;
  view(goToLine: (line: number) => void): TemplateResult;
}

/** Throws a LabProblem. */
export async function deployedServer(port: number, script: string, signal: AbortSignal): Promise<Done> {
  const { result, sandbox, renewed } = await deployServer(port, script, signal);
  if (!('diagnostics' in result)) {
    const anew = renewed ? ' The one before was forgotten, so deploy your APIs again.' : '';
    const sentence = `Runs on port ${port} of your organization ${sandbox.organization}.${anew}`;
    const target = `http://backend:${port}`;
    return {
      sentence,
      marks: [],
      runs: true,
      view: () =>
        html`<p class="lab-outcome lab-is-ok">${sentence}</p><p>Your API reaches it with <code>target-url: ${target}</code>.</p>`,
    };
  }
  const { diagnostics } = result;
  const sentence = 'Not deployed, and nothing has changed.';
  return {
    sentence: `${sentence} ${result.error.message}`,
    marks: diagnostics,
    runs: false,
    view: (goToLine) =>
      html`<p class="lab-outcome lab-is-bad">${sentence}</p>${diagnosticsView(
        diagnostics,
        { sentence, goToLine, lineOf: (line) => line },
        'About the server',
      )}`,
  };
}

/** Throws a LabProblem. */
export async function stoppedServer(port: number, signal: AbortSignal): Promise<Done> {
  const sentence = (await stopped(port, signal))
    ? `Stopped. On port ${port} the uppercase server answers again.`
    : `There is no server of yours on port ${port}: the uppercase server answers there.`;
  return {
    sentence,
    marks: [],
    runs: false,
    view: () => html`<p class="lab-outcome">${sentence}</p>`,
  };
}

async function stopped(port: number, signal: AbortSignal): Promise<boolean> {
  const sandbox = readSandbox();
  if (!sandbox) return false;
  try {
    await stopServer(sandbox, port, signal);
    return true;
  } catch (error) {
    if (error instanceof LabProblem && error.status === 404) return false;
    throw error;
  }
}
