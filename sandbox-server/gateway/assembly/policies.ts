// The policies that the lab runs, by their names in a definition.
import { gatewayscript } from './gatewayscript.ts';
import type { Policy } from './policy.ts';
import { websocketUpgrade } from './websocket-upgrade.ts';

export const POLICIES: ReadonlyMap<string, Policy> = new Map([
  ['gatewayscript', gatewayscript],
  ['websocket-upgrade', websocketUpgrade],
]);
