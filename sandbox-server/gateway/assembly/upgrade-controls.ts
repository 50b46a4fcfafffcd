// header-control and parameter-control of a `websocket-upgrade`, their patterns compiled once a deployment, not at each request.
import { type Control, type ControlProperty, readControl } from '../target/control.ts';
import { PropertyError } from './property-error.ts';
import type { UpgradeProperties } from './upgrade-properties.ts';

export interface UpgradeControls {
  header: Control;
  parameter: Control;
}

/** Properties without a reference are the same object at each request; with one, what it resolves to is compiled anew. */
const compiled = new WeakMap<UpgradeProperties, UpgradeControls>();

/** Throws `PropertyError` for a pattern that cannot be used. */
export function upgradeControls(properties: UpgradeProperties): UpgradeControls {
  const known = compiled.get(properties);
  if (known) return known;
  const made = {
    header: controlOf('header-control', properties['header-control']),
    parameter: controlOf('parameter-control', properties['parameter-control']),
  };
  compiled.set(properties, made);
  return made;
}

function controlOf(name: string, property: ControlProperty | null | undefined): Control {
  const reading = readControl(property);
  if ('fault' in reading) throw new PropertyError(`websocket-upgrade: ${name}: ${reading.fault}`);
  return reading.control;
}
