// The definition around a reader's script: that of approach 2, with the lab's own properties as the checkpoint wants them.
import type { ScriptHost } from './checkpoint.ts';

/** Before the script's first line. */
function head({ echo = 'upgrade', attach = 'uppercase' }: ScriptHost): string {
  return `swagger: '2.0'
info: {title: WebSocket test, version: 1.0.0, x-ibm-name: websocket-test}
basePath: /websocket-test
schemes: [https, wss]
paths: {/: {get: {responses: {'101': {description: Switching Protocols}}}}}
x-ibm-configuration:
  gateway: datapower-api-gateway
  type: rest
  phase: realized
  enforced: true
  testable: true
  cors: {enabled: true}
  properties:
    lab-echo: {value: ${echo}}
    lab-attach: {value: ${attach}}
  assembly:
    execute:
      - gatewayscript:
          version: 2.0.0
          source: |2
`;
}

/** Of the script's text in the definition; `|2` says that two of them are the block's, whatever the script begins with. */
const INDENT = ' '.repeat(12);

export interface HostedScript {
  text: string;
  /** From a place in the definition to the script's own; places outside it are its first line. */
  placeInScript(place: { line: number; column: number }): { line: number; column: number };
}

export function hostScript(script: string, host: ScriptHost): HostedScript {
  const before = head(host);
  const offset = before.split('\n').length - 1;
  return {
    text: `${before}${script.replace(/^(?=.)/gm, INDENT)}\n`,
    placeInScript: ({ line, column }) => ({
      line: Math.max(1, line - offset),
      column: Math.max(1, column - INDENT.length),
    }),
  };
}
