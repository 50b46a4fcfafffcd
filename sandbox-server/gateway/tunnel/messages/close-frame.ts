// What a Close frame may say (RFC 6455 §5.5.1, §7.4).
import { isUtf8 } from 'node:buffer';
import type { Fault } from './message-reader.ts';

/** `null` where the payload of a Close frame is as the RFC has it. */
export function faultOfClose(payload: Buffer): Fault | null {
  if (payload.length === 0) return null;
  if (payload.length === 1)
    return { kind: 'fault', code: 1002, reason: 'a Close frame has half a code (RFC 6455 §5.5.1)' };
  const code = payload.readUInt16BE(0);
  if (!mayBeSent(code))
    return { kind: 'fault', code: 1002, reason: `the close code ${code} may not be sent (RFC 6455 §7.4)` };
  if (!isUtf8(payload.subarray(2)))
    return {
      kind: 'fault',
      code: 1007,
      reason: 'the reason of a Close frame is not UTF-8 (RFC 6455 §5.5.1)',
    };
  return null;
}

/** 1004, 1005, 1006 and 1015 stand for what is not on the wire; the registry goes up to 1014 (IANA), then come libraries and applications. */
function mayBeSent(code: number): boolean {
  return (
    (code >= 1000 && code <= 1014 && code !== 1004 && code !== 1005 && code !== 1006) ||
    (code >= 3000 && code <= 4999)
  );
}
