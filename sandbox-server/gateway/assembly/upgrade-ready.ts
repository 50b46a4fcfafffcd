// A deployed `websocket-upgrade`, ready for handshakes: its properties read and its patterns compiled once, not at each request.
import { type ControlReading, readControl } from '../target/control.ts';
import type { PolicyNode } from '../types.ts';
import { readUpgradeProperties, type UpgradeProperties } from './upgrade-properties.ts';

export interface ReadyUpgrade {
  properties: UpgradeProperties;
  headerControl: ControlReading;
  parameterControl: ControlReading;
}

/** Kept as long as the deployed policy itself. */
const ready = new WeakMap<PolicyNode, ReadyUpgrade>();

/** The same object for the same policy of the same deployment. */
export function readyUpgrade(node: PolicyNode): ReadyUpgrade {
  const known = ready.get(node);
  if (known) return known;
  const properties = readUpgradeProperties(node.properties);
  const made = {
    properties,
    headerControl: readControl(properties['header-control']),
    parameterControl: readControl(properties['parameter-control']),
  };
  ready.set(node, made);
  return made;
}
