// The organization that is always there: both approaches, deployed from the very files that the lessons show.
import { readFileSync } from 'node:fs';
import { createSandbox, type Sandbox, type SandboxParts } from './sandbox.ts';

export const DEMO = 'demo';

const lessons = new URL('../../docs/content/docs/', import.meta.url);

/** The definitions of the demo by the name they are deployed under. */
export const DEMO_DEFINITIONS: ReadonlyMap<string, URL> = new Map([
  ['websocket-upgrade', new URL('websocket-upgrade/07-deploy/websocket-upgrade.yaml', lessons)],
  ['websocket-test', new URL('gatewayscript/02-handshake-handler/websocket-test.yaml', lessons)],
]);

/** The demo, never stored, never forgotten. Throws where a lesson's definition does not deploy: then a lesson is wrong. */
export function createDemo(
  parts: SandboxParts,
  limits: { maxConnections: number; idleSeconds: number },
  definitions: ReadonlyMap<string, URL> = DEMO_DEFINITIONS,
): Sandbox {
  const keepsNothing = { put: () => {}, remove: () => {} };
  const stored = [...definitions].map(([name, file]) => {
    const definition = readFileSync(file, 'utf8');
    return { name, definition, compilation: parts.compileNow(definition, name) };
  });
  const demo = createSandbox(DEMO, parts, keepsNothing, stored, () => {});
  for (const { name, definition, diagnostics } of demo.deployed()) {
    const error = diagnostics.find(({ severity }) => severity === 'error');
    if (definition === null) {
      throw new Error(`The demo's API ${name} does not deploy: ${error?.message ?? 'no reason given'}`);
    }
  }
  // Nobody has a token for it, so its switches stay as they are here.
  const settings = { ...demo.settings, idleTimeoutSeconds: limits.idleSeconds };
  return { ...demo, settings, maxConnections: limits.maxConnections };
}
