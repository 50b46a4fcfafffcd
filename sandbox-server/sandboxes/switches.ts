// The switches of one sandbox's gateway: as they are now, kept, and told when they change.
import { DEFAULT_SETTINGS, type GatewaySettings, gatewaySettings } from '../gateway/settings.ts';
import type { EventLog } from './event-log.ts';

/** What they outlive a restart with: JSON. */
export interface SwitchStorage {
  stored: string | null;
  put(text: string): void;
}

export interface Switches {
  readonly now: GatewaySettings;
  set(settings: GatewaySettings): void;
}

export function createSwitches({ stored, put }: SwitchStorage, events: EventLog): Switches {
  let now = read(stored);
  return {
    get now() {
      return now;
    },
    set(settings) {
      now = settings;
      put(JSON.stringify(settings));
      events.emit(null, { type: 'settings-changed', switches: changed(settings) });
    },
  };
}

/** What an older version of the lab has kept and this one does not know counts as the defaults. */
function read(stored: string | null): GatewaySettings {
  if (stored === null) return DEFAULT_SETTINGS;
  try {
    return gatewaySettings.catch(DEFAULT_SETTINGS).parse(JSON.parse(stored));
  } catch {
    return DEFAULT_SETTINGS;
  }
}

/** `idleTimeoutSeconds: 1`, for each that is not at its default. */
function changed(settings: GatewaySettings): string[] {
  const defaults = new Map<string, unknown>(Object.entries(DEFAULT_SETTINGS));
  return Object.entries(settings).flatMap(([name, value]) =>
    JSON.stringify(defaults.get(name)) === JSON.stringify(value) ? [] : [`${name}: ${JSON.stringify(value)}`],
  );
}
