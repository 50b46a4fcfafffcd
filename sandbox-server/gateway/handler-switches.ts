// What the sandbox's HTTPS handler and catalog make of a request before any API is looked for: the switches of its gateway.
import type { Exchange } from './exchange.ts';
import { UPGRADE_EVENTS } from './handshake/upgrade-events.ts';
import type { Reporter } from './report.ts';
import type { Refusal } from './request.ts';
import type { GatewaySettings } from './settings.ts';

/** The methods of a handler that does not allow GET (lab's choice of order; GET is the only one that the lab's switch takes out). */
const OTHER_METHODS = 'HEAD, POST, PUT, PATCH, DELETE, OPTIONS';

/** The exchange as the handler passes it on, or why it does not. */
export function passHandler(
  exchange: Exchange,
  settings: GatewaySettings,
  report: Reporter,
): Exchange | { refusal: Refusal } {
  const { method, httpVersion } = exchange.request;
  if (httpVersion === '2.0')
    report.log('notice', null, 'The session is HTTP/2, which disables the WebSocket upgrade.');
  if (!settings.getAllowed && method === 'GET') {
    // IBM documents that the upgrade needs GET at the handler, and the event; that the event tells of that is inferred.
    if (exchange.upgradable) report.log('error', ...UPGRADE_EVENTS.get);
    // Which status the product answers is not published; 405 is RFC 9110 §15.5.6.
    const why = 'The handler does not allow the method GET, and a WebSocket handshake is a GET.';
    const moreInformation = 'The method GET is not allowed';
    return { refusal: { status: 405, moreInformation, why, headers: [['Allow', OTHER_METHODS]] } };
  }
  if (settings.webSocketUpgrade || !exchange.upgradable) return exchange;
  report.log('warn', null, "The handler's WebSocket upgrade is off: the request is served as a plain one.");
  return withoutUpgrade(exchange);
}

/**
 * Why the catalog does not offer its APIs to this request, or `null`. That the client reads the sentence of an unknown API is lab's choice;
 * documented is only that the protocol must be among the catalog's.
 */
export function catalogRefusal(exchange: Exchange, { protocols }: GatewaySettings): Refusal | null {
  const wanted = exchange.upgradable ? 'wss' : 'https';
  if (protocols.includes(wanted)) return null;
  const listed = protocols.join(', ') || 'none';
  return {
    status: 404,
    moreInformation: 'API not found for requested URI',
    why: `The catalog's supported protocols are ${listed}: a ${exchange.upgradable ? 'WebSocket' : 'plain'} client needs ${wanted} among them.`,
  };
}

/** An exchange whose connection stays HTTP, whatever the client asked for. */
function withoutUpgrade(exchange: Exchange): Exchange {
  return {
    ...exchange,
    upgradable: false,
    switchTo: (head) => ({ head: exchange.endAfter(head), connection: null }),
  };
}
