// Runs an example of the reference: with the request and the variables that all examples have, and answers for what it asks by itself.
import {
  EXAMPLE_ANSWERS,
  EXAMPLE_REQUEST,
  EXAMPLE_VARIABLES,
} from '../../sandbox-server/gatewayscript/reference/example-request.ts';
import { parseRequest } from '../gatewayscript-editor/parse-request.ts';
import { runScript } from '../gatewayscript-editor/run-script.ts';
import type { Run } from '../lab-server/answers.ts';

export { runMarks } from '../gatewayscript-editor/run-result.ts';
export { exampleView, saidOf } from './example-view.ts';

/** The run's answer. Throws a LabProblem. */
export function runExample(script: string, signal: AbortSignal): Promise<Run> {
  return runScript(script, parseRequest(EXAMPLE_REQUEST), {}, signal, {
    urlopen: EXAMPLE_ANSWERS,
    variables: EXAMPLE_VARIABLES,
  });
}
