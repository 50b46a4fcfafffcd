// The gateway's switches by the names that a reader knows, where each is found on a real gateway, and their values in words.
import type { Standing } from '../look/standing.ts';

export type SwitchValue = boolean | number | string | string[] | null;

export interface SwitchWords {
  label: string;
  /** What it does here. */
  hint: string;
  /** How a real gateway has it, and how that is known. */
  real: string;
  standing: Standing;
}

/** By the member of the settings, in the order in which a handshake meets them. */
export const SWITCHES: Readonly<Record<string, SwitchWords>> = {
  http2: {
    label: 'Handler: HTTP/2',
    hint: 'On: clients that ask for <organization>.localhost and offer HTTP/2 get it, and cannot upgrade.',
    real: 'Among the allowed methods and versions; off by default. An HTTP/2 session disables the upgrade.',
    standing: 'documented',
  },
  getAllowed: {
    label: 'Handler: method GET allowed',
    hint: 'Off: every GET gets 405, handshakes too.',
    real: 'Among the allowed methods and versions; off by default. The upgrade needs it.',
    standing: 'documented',
  },
  webSocketUpgrade: {
    label: 'Handler: WebSocket upgrade',
    hint: 'Off: Upgrade in a request means nothing, and the target gets a plain GET.',
    real: 'Off by default.',
    standing: 'documented',
  },
  protocols: {
    label: 'Catalog: supported protocols',
    hint: 'Without wss a handshake finds no API; without https a plain request finds none.',
    real: 'The catalog’s gateway_supported_protocols have to name wss.',
    standing: 'documented',
  },
  responseType: {
    label: 'Service: response type',
    hint: 'JSON: the target switches protocols, and the client gets 500 all the same.',
    real: 'APAR IT27954: with JSON, firmware before its fix may not process the handshake.',
    standing: 'documented',
  },
  beforeIT35242: {
    label: 'Firmware before the fix of IT35242',
    hint: 'On: a status that a policy set by hand goes to the client in place of the 101.',
    real: 'APAR IT35242 tells it of earlier firmware.',
    standing: 'documented',
  },
  idleTimeoutSeconds: {
    label: 'Handler: WebSocket idle timeout, in seconds',
    hint: '0 to 86400; 0 is off. A silent connection is torn down without a close frame.',
    real: '0 by default.',
    standing: 'documented',
  },
  textOnly: {
    label: 'Text messages only',
    hint: 'On: binary messages are lost after the 101, in silence.',
    real: 'No setting: people who run it report that binary messages get lost.',
    standing: 'seen',
  },
  messageMaxBytes: {
    label: 'Largest message, in bytes',
    hint: 'A larger message is lost; empty for any size. 1023 is less than 1 KB.',
    real: 'No setting: a payload of less than 1 KB is the most that is reliable.',
    standing: 'documented',
  },
};

/** Throws for a name that is none, so that no page can have one. */
export function switchName(name: string): string {
  const known = SWITCHES[name];
  if (known === undefined)
    throw new Error(`Received the switch "${name}". Expected one of ${Object.keys(SWITCHES).join(', ')}.`);
  return known.label;
}

export function switchValue(name: string, value: SwitchValue | undefined): string {
  if (value === undefined || value === null) return 'as it is by default';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (Array.isArray(value)) return value.join(', ') || 'none';
  if (name === 'idleTimeoutSeconds') return value === 0 ? 'off' : `${value} s`;
  return name === 'messageMaxBytes' ? `${value} bytes` : String(value);
}
