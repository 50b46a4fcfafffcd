// Tells one request's story: to the learner as events, to the operator as one line.

import type { EventSink, GatewayEventBody } from './events.ts';
import type { Exchange } from './exchange.ts';
import { checkHandshake } from './handshake/check.ts';
import { headerPairs } from './handshake/headers.ts';
import type { ResponseHead } from './handshake/response-rules.ts';
import type { ServeParts } from './serve.ts';
import type { ApiDefinition, Operation } from './types.ts';

export interface Reporter {
  /** The transaction's id. */
  id: string;
  emit(event: GatewayEventBody): void;
  /** As the sandbox's log says. */
  watched(): boolean;
  takeFrame(): boolean;
  received(): void;
  matched(api: ApiDefinition, operation: Operation): void;
  log(level: 'error' | 'warn' | 'notice' | 'info', code: string | null, text: string): void;
  /** The head as it went out; the rules are held against these very bytes. */
  sent(head: ResponseHead, body: Uint8Array): void;
}

/** Outlives the request in a tunnel, and so shares no closure with it. */
const emitterOf = (id: string, sink: EventSink | undefined) => (event: GatewayEventBody) =>
  sink?.emit(id, event);

/** Where there is no sandbox, nobody watches. */
const never = () => false;

export function createReporter(
  id: string,
  exchange: Exchange,
  listener: 'tls' | 'site',
  sink: EventSink | undefined,
  parts: Pick<ServeParts, 'log' | 'limits' | 'onHandshake'>,
): Reporter {
  const { request } = exchange;
  const method = request.method ?? '';
  const path = request.url ?? '';
  const headers = headerPairs(request.rawHeaders);
  const emit = emitterOf(id, sink);

  return {
    id,
    emit,
    watched: sink?.watched ?? never,
    takeFrame: sink?.takeFrame ?? never,
    received: () =>
      emit({
        type: 'request-received',
        listener,
        method,
        path,
        httpVersion: request.httpVersion,
        headers,
        remote: exchange.remote,
      }),
    matched(api, operation) {
      const named = `${operation.method.toUpperCase()} ${operation.path}`;
      emit({ type: 'api-matched', api: api.name, version: api.version, operation: named });
    },
    log: (level, code, text) => emit({ type: 'gateway-log', level, code, text }),
    sent(head, body) {
      const { status, reason, from } = head;
      const rules = checkHandshake({ method, path, headers, httpVersion: request.httpVersion }, head);
      const shown = new TextDecoder().decode(body.subarray(0, parts.limits.EVENT_PAYLOAD_BYTES), {
        stream: true,
      });
      emit({
        type: 'response-sent',
        status,
        reason,
        headers: [...head.headers],
        body: shown,
        rules,
        ...(from && { from }),
      });
      if (exchange.upgradable) parts.onHandshake(status);
      parts.log.info(
        { transaction: id, listener, method, path: path.split('?')[0], status },
        'gateway request',
      );
    },
  };
}
