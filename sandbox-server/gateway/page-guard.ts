// Keeps what scripts and targets answer under `/gateway` from acting as a part of the lab's page, whose origin it shares.
import type { Header } from '../gatewayscript/types.ts';
import type { Exchange } from './exchange.ts';
import { OF_THE_ORIGIN, PAGE_GUARD } from './handshake/header-rules.ts';
import { headerValue } from './handshake/headers.ts';

/** A browser that shows the answer all the same gives it an origin of its own, and runs and loads nothing of it. */
const GUARD: readonly Header[] = [
  ['Content-Security-Policy', "sandbox; default-src 'none'"],
  ['X-Content-Type-Options', 'nosniff'],
  ['Cross-Origin-Resource-Policy', 'same-origin'],
  ['Content-Disposition', 'attachment'],
];

/**
 * Why a browser's request is not served under the page's origin, or `null`: as a page, frame, script, style or service worker an answer
 * would act there. `Sec-Fetch-Dest` is `empty` for `fetch` and `websocket` for handshakes (Fetch Metadata §2.1); other clients send none.
 */
export function pageRefusal(headers: readonly Header[]): string | null {
  const destination = headerValue(headers, 'Sec-Fetch-Dest')?.toLowerCase();
  const use = headerValue(headers, 'Service-Worker') === undefined ? destination : 'serviceworker';
  if (use === undefined || use === 'empty' || use === 'websocket') return null;
  return "Under the page's own origin the gateway answers WebSocket handshakes and fetch only";
}

/** The exchange on the page's port: answers go out guarded, and a 101 without what would stay with the origin. `onDropped` gets each name left out. */
export function guarded(exchange: Exchange, onDropped: (name: string) => void): Exchange {
  const without = (headers: readonly Header[], dropped: (name: string) => boolean) =>
    headers.filter(([name]) => {
      const drop = dropped(name.toLowerCase());
      if (drop) onDropped(name);
      return !drop;
    });
  const ofTheOrigin = (name: string) => Object.hasOwn(OF_THE_ORIGIN, name);
  const replaced = (name: string) => ofTheOrigin(name) || Object.hasOwn(PAGE_GUARD, name);
  return {
    ...exchange,
    answer: (response) =>
      exchange.answer({ ...response, headers: [...without(response.headers, replaced), ...GUARD] }),
    switchTo: (head) => exchange.switchTo({ ...head, headers: without(head.headers, ofTheOrigin) }),
    endAfter: (head) => exchange.endAfter({ ...head, headers: without(head.headers, ofTheOrigin) }),
  };
}
