// The command that opens a URL in the reader's own terminal.

/** The tutorial's form: `--insecure` because the gateway's certificate is self-signed. */
export function websocatCommand(endpoint: string): string {
  return `websocat -v ${endpoint.startsWith('wss:') ? '--insecure ' : ''}${endpoint}`;
}
