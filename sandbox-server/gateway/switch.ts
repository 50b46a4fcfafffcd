// The moment of the 101: the head goes to the client, and the connection becomes a tunnel.
import type { Transaction } from './assembly/policy.ts';
import type { AssemblyEnd } from './assembly/run.ts';
import { type Attachment, attach } from './attach.ts';
import type { Exchange } from './exchange.ts';
import { headerTokens } from './handshake/headers.ts';
import type { ResponseHead } from './handshake/response-rules.ts';
import { UPGRADE_EVENTS } from './handshake/upgrade-events.ts';
import type { GatewayLimits } from './limits.ts';
import type { Reporter } from './report.ts';
import type { ServeParts } from './serve.ts';
import { createMessageLayer } from './tunnel/messages/message-layer.ts';
import { rulesOfSwitches } from './tunnel/messages/message-rules.ts';
import { openTunnel, type Tunnel } from './tunnel/tunnel.ts';
import type { FrameTelling } from './tunnel/watch.ts';

/** Milliseconds that one direction may stay silent after the other has ended. */
const HALF_CLOSE_MS = 30_000;

/** Both approaches end here. Gives `null` where the connection cannot switch or is gone. */
export async function switchProtocols(
  transaction: Transaction,
  end: AssemblyEnd,
  exchange: Exchange,
  report: Reporter,
  { limits, held }: Pick<ServeParts, 'limits' | 'held'>,
): Promise<Tunnel | null> {
  const head: ResponseHead = end.kind === 'switch' ? end.head : end.response;
  const switched = exchange.switchTo(head);
  const { connection } = switched;
  if (exchange.request.httpVersion === '2.0') {
    // Nothing has gone out: HTTP/2 has no 101 (RFC 9113 §8.6).
    report.log('error', ...UPGRADE_EVENTS.http11);
    if (end.kind === 'switch') end.target.destroy();
    return null;
  }
  report.sent(switched.head, new Uint8Array());
  if (!connection) {
    report.log('warn', null, 'Without an upgrade the connection ends after the 101.');
    if (end.kind === 'switch') end.target.destroy();
    return null;
  }
  if (end.kind === 'switch') report.log('info', null, 'WebSocket upgrade request is successful.');
  const { client, clientHead } = connection;
  const { target, targetHead, answers } =
    end.kind === 'switch'
      ? { target: end.target, targetHead: end.rest, answers: true }
      : await attached(transaction, head, report, limits);
  const telling: FrameTelling = {
    payloadBytes: limits.EVENT_PAYLOAD_BYTES,
    framesPerSecond: limits.EVENT_FRAMES_PER_SECOND,
    framesUnwatched: limits.EVENT_FRAMES_UNWATCHED,
    watched: report.watched,
    takeFrame: report.takeFrame,
    emit: report.emit,
  };
  // Not `report` itself in what lives as long as the tunnel: it has the request.
  const { emit } = report;
  const { settings } = transaction.organization;
  const rules = end.kind === 'switch' ? end.messages : rulesOfSwitches(settings);
  const compression = headerTokens(head.headers, 'Sec-WebSocket-Extensions').some((extension) =>
    extension.toLowerCase().startsWith('permessage-deflate'),
  );
  report.emit({
    type: 'tunnel-opened',
    relay: !answers ? 'nobody' : rules ? 'messages' : 'bytes',
    compression,
  });
  const layer =
    rules &&
    createMessageLayer({
      client,
      target,
      targetHead,
      rules,
      maxBytes: limits.MESSAGE_MAX_BYTES,
      telling,
      held,
    });
  return openTunnel({
    client,
    clientHead,
    target: layer?.stream ?? target,
    targetHead: layer ? Buffer.alloc(0) : targetHead,
    compression,
    endsOnClose: !answers,
    timed: answers && !layer,
    telling: {
      ...telling,
      emit(event) {
        // The tunnel takes the layer's Close frame for the target's, or has seen one of the client that may not be sent.
        const own = layer?.ownClose();
        if (event.type !== 'connection-closed' || !own) emit(event);
        else emit({ ...event, by: 'gateway', closeCode: own.code, closeReason: own.reason });
      },
    },
    held,
    halfCloseMs: HALF_CLOSE_MS,
    idleMs: settings.idleTimeoutSeconds * 1_000,
    drainMs: limits.DRAIN_SECONDS * 1_000,
  });
}

async function attached(
  { api, organization, signal }: Transaction,
  head: ResponseHead,
  report: Reporter,
  limits: GatewayLimits,
): Promise<Attachment> {
  const attachment = await attach(api, organization, head, limits, signal, report.emit);
  if (attachment.answers)
    report.log('info', null, 'lab-attach: the uppercase server answers on this connection.');
  else if (attachment.fault === null)
    report.log('info', null, 'GatewayScript has no frame API: nobody answers on this connection.');
  else
    report.log('error', null, `lab-attach: the uppercase server could not be reached: ${attachment.fault}.`);
  return attachment;
}
