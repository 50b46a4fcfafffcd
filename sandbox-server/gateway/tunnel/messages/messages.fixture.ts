// What one side may say after the 101, for tests: messages in random fragments, with control frames in between, and what a reader makes of it.
import fc from 'fast-check';
import type { TestFrame } from '../frame.fixture.ts';

export interface Conversation {
  frames: TestFrame[];
  items: (
    | { kind: 'message'; text: boolean; payload: Uint8Array }
    | { kind: 'control'; opcode: number; payload: Uint8Array }
  )[];
}

export function anyMask(): fc.Arbitrary<Uint8Array> {
  return fc.uint8Array({ minLength: 4, maxLength: 4 });
}

const anyPayload = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .string({ unit: 'grapheme', maxLength: 40 })
      .map((text) => ({ text: true, payload: Buffer.from(text) })),
  },
  { weight: 2, arbitrary: fc.uint8Array({ maxLength: 300 }).map((payload) => ({ text: false, payload })) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom(125, 126, 127, 65_535, 65_536, 70_001), fc.nat(255))
      .map(([length, seed]) => ({
        text: false,
        payload: Uint8Array.from({ length }, (_, i) => (i * 31 + seed) & 0xff),
      })),
  },
);

const anyMessage = fc.record({
  message: anyPayload,
  cuts: fc.array(fc.nat(), { maxLength: 4 }),
  /** What stands before each fragment. */
  controls: fc.array(
    fc.option(fc.record({ opcode: fc.constantFrom(9, 10), payload: fc.uint8Array({ maxLength: 125 }) })),
    { minLength: 6, maxLength: 6 },
  ),
});

/** Keeps every rule of RFC 6455 §5; has no Close frame. */
export function anyConversation(masked: boolean): fc.Arbitrary<Conversation> {
  const mask = masked ? anyMask() : fc.constant(null);
  return fc
    .tuple(fc.array(anyMessage, { maxLength: 5 }), fc.array(mask, { minLength: 1, maxLength: 8 }))
    .map(([messages, masks]) => {
      const conversation: Conversation = { frames: [], items: [] };
      const frame = (fin: boolean, opcode: number, payload: Uint8Array) => {
        const key = masks[conversation.frames.length % masks.length] ?? null;
        conversation.frames.push({ fin, rsv: 0, opcode, mask: key, payload });
      };
      for (const { message, cuts, controls } of messages) {
        const places = [...new Set(cuts.map((cut) => cut % (message.payload.length + 1)))].sort(
          (a, b) => a - b,
        );
        const starts = [0, ...places];
        for (const [i, start] of starts.entries()) {
          const control = controls[i];
          if (control) {
            frame(true, control.opcode, control.payload);
            conversation.items.push({ kind: 'control', ...control });
          }
          const last = i === starts.length - 1;
          frame(last, i > 0 ? 0 : message.text ? 1 : 2, message.payload.slice(start, places[i]));
        }
        conversation.items.push({ kind: 'message', ...message });
      }
      return conversation;
    });
}
