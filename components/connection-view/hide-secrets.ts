// A file may go to others: the values of headers and query parameters that let in do not go with it.

import { isSecretName } from '../../sandbox-server/gateway/assembly/secret-name.ts';
import type { GatewayEvent } from '../../sandbox-server/gateway/events.ts';
import type { Header } from '../../sandbox-server/gatewayscript/types.ts';

export function hideSecrets(event: GatewayEvent): GatewayEvent {
  switch (event.type) {
    case 'request-received':
      return { ...event, path: withoutSecrets(event.path), headers: hidden(event.headers) };
    case 'target-request':
      return { ...event, url: withoutSecrets(event.url), headers: hidden(event.headers) };
    case 'target-response':
    case 'response-sent':
      return { ...event, headers: hidden(event.headers) };
    default:
      return event;
  }
}

function hidden(headers: readonly Header[]): Header[] {
  return headers.map(([name, value]): Header => [name, isSecretName(name) ? hiddenValue(value) : value]);
}

/** What stands in the place of a value that is not told. */
export function hiddenValue(value: string): string {
  return `(hidden, ${value.length} characters)`;
}

/** A path or URL without the values of query parameters that let in. */
export function withoutSecrets(url: string): string {
  const [path = '', ...query] = url.split('?');
  if (query.length === 0) return url;
  const parameters = query.join('?').split('&');
  return `${path}?${parameters
    .map((parameter) => {
      const [name = ''] = parameter.split('=');
      return isSecretName(name) ? `${name}=hidden` : parameter;
    })
    .join('&')}`;
}
