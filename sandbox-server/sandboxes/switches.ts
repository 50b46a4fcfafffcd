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
  /** Throws where it cannot be kept, and then nothing changes; nor where it is so already. */
  set(settings: GatewaySettings): void;
}

export function createSwitches({ stored, put }: SwitchStorage, events: EventLog): Switches {
  let now = read(stored);
  return {
    get now() {
      return now;
    },
    set(settings) {
      const text = JSON.stringify(settings);
      if (text === JSON.stringify(now)) return;
      put(text);
      now = settings;
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
