// A client of a symptom as the command, or the line of JavaScript, that does the same elsewhere.
import type { SymptomClient } from './scenario.ts';

/** `base` is the gateway's URL with organization and catalog, e.g. `wss://localhost:9443/maple-heron/sandbox`. */
export function clientCommand(client: SymptomClient, base: string): string {
  const url = `${base}${client.path}`;
  const headers = Object.entries(client.headers ?? {});
  const protocols = client.protocols ?? [];
  switch (client.client) {
    case 'browser': {
      const offered = protocols.length > 0 ? `, ${JSON.stringify(protocols)}` : '';
      return `new WebSocket('${url}'${offered})`;
    }
    case 'wscat':
      return words([
        'npx wscat --no-check',
        ...headers.map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
        ...protocols.map((protocol) => `-s ${protocol}`),
        `-c ${quotedUrl(url)}`,
      ]);
    case 'websocat':
      return words([
        'websocat -v --insecure',
        client.pingMs ? `--ping-interval ${Math.max(1, Math.round(client.pingMs / 1000))}` : '',
        // Without the "=" its -H would take the URL, too.
        ...headers.map(([name, value]) => `-H=${quoted(`${name}: ${value}`)}`),
        ...protocols.map((protocol) => `--protocol ${protocol}`),
        quotedUrl(url),
      ]);
    case 'curl':
    case 'curl-http2':
      return words([
        client.client === 'curl' ? 'curl -i --insecure --http1.1' : 'curl -i --insecure --http2',
        client.method && client.method !== 'GET' ? `-X ${client.method}` : '',
        ...headers.map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
        quotedUrl(url.replace(/^wss:/, 'https:')),
      ]);
  }
}

/** What the client says, line by line, as its terminal shows it. */
export function clientMessages({ messages = [] }: SymptomClient): string[] {
  return messages.map((message) => {
    if ('hex' in message) return `> (binary) ${message.hex}`;
    const { text, repeat = 1 } = message;
    return repeat === 1 ? `> ${text}` : `> ${text.repeat(3)}… (${text.length * repeat} characters)`;
  });
}

function words(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** A shell reads `?` and `&` as its own. */
function quotedUrl(url: string): string {
  return /[?&]/.test(url) ? quoted(url) : url;
}
