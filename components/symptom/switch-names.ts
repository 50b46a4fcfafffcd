// The gateway's switches by the names that a reader knows, and their values in words.

const NAMES: Readonly<Record<string, string>> = {
  webSocketUpgrade: 'Handler: WebSocket upgrade',
  getAllowed: 'Handler: method GET allowed',
  protocols: 'Catalog: supported protocols',
  idleTimeoutSeconds: 'Handler: WebSocket idle timeout',
  textOnly: 'Text messages only',
  messageMaxBytes: 'Largest message',
  http2: 'Handler: HTTP/2',
  responseType: 'Service: response type',
  beforeIT35242: 'Firmware before the fix of IT35242',
};

/** Throws for a name that is none, so that no page can have one. */
export function switchName(name: string): string {
  const known = NAMES[name];
  if (known === undefined)
    throw new Error(`Received the switch "${name}". Expected one of ${Object.keys(NAMES).join(', ')}.`);
  return known;
}

export function switchValue(name: string, value: boolean | number | string | string[] | undefined): string {
  if (value === undefined) return 'as it is by default';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (Array.isArray(value)) return value.join(', ') || 'none';
  if (name === 'idleTimeoutSeconds') return value === 0 ? 'off' : `${value} s`;
  return name === 'messageMaxBytes' ? `${value} bytes` : String(value);
}
