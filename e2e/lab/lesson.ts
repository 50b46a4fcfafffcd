// The files of the lessons, as the pages show them.
import { readFileSync } from 'node:fs';

export function lessonFile(path: string): string {
  return readFileSync(new URL(`../../docs/content/docs/${path}`, import.meta.url), 'utf8');
}

export const websocketUpgradeYaml = lessonFile('websocket-upgrade/07-deploy/websocket-upgrade.yaml');
export const websocketTestYaml = lessonFile('gatewayscript/02-handshake-handler/websocket-test.yaml');

/** The GUID of RFC 6455 with its last digits changed: what a reader mistypes. */
export const brokenGuid = (text: string) => text.replace('C5AB0DC85B11', 'C5AB0DC85B12');
