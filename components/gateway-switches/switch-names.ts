// The gateway's switches by the names that a reader knows, where each is found on a real gateway, and their values in words.

export type SwitchValue = boolean | number | string | string[] | null;

export interface SwitchWords {
  label: string;
  /** What it does here, and how the real one is set. */
  hint: string;
}

/** By the member of the settings, in the order in which a handshake meets them. */
export const SWITCHES: Readonly<Record<string, SwitchWords>> = {
  http2: {
    label: 'Handler: HTTP/2',
    hint: 'Offered by ALPN to clients that ask for <organization>.localhost. Such a session cannot upgrade.',
  },
  getAllowed: {
    label: 'Handler: method GET allowed',
    hint: 'Allowed methods and versions. Off: every GET gets 405, handshakes too.',
  },
  webSocketUpgrade: {
    label: 'Handler: WebSocket upgrade',
    hint: 'Off, as on a fresh handler: Upgrade in a request means nothing, and the target gets a plain GET.',
  },
  protocols: {
    label: 'Catalog: supported protocols',
    hint: 'gateway_supported_protocols. Without wss a handshake finds no API.',
  },
  responseType: {
    label: 'Service: response type',
    hint: 'JSON, before the fix of APAR IT27954: the handshake is not processed.',
  },
  beforeIT35242: {
    label: 'Firmware before the fix of IT35242',
    hint: 'A status that a policy set by hand goes to the client in place of the 101.',
  },
  idleTimeoutSeconds: {
    label: 'Handler: WebSocket idle timeout, in seconds',
    hint: '0 to 86400; 0 is off. A silent connection is torn down without a close frame.',
  },
  textOnly: { label: 'Text messages only', hint: 'Binary messages are lost after the 101, in silence.' },
  messageMaxBytes: {
    label: 'Largest message, in bytes',
    hint: 'Empty for any. IBM documents less than 1 KB as reliable: 1023 shows what that may mean.',
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
