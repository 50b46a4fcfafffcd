// One row of a conversation: the handshake's result or a frame, live or recorded.
import { z } from 'zod/mini';

const frameRow = z.object({
  /** Milliseconds since Connect was pressed. */
  at: z.number(),
  direction: z.enum(['sent', 'received', 'handshake']),
  /** RFC 6455 section 11.8; `null` for the handshake, which is no frame. */
  opcode: z.nullable(z.number()),
  /** Bytes of the payload. */
  length: z.number(),
  payload: z.string(),
});

export const recordedFrames = z.array(frameRow);

export type FrameRow = z.infer<typeof frameRow>;
