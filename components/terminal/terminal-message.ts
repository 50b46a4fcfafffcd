// The messages of a terminal's socket as the page takes them, parsed at the border.
import { z } from 'zod/mini';

const text = z.string();

const message = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), endpoint: text, commands: z.array(text), fileBytes: z.number() }),
  z.object({ type: z.literal('output'), stream: z.enum(['stdout', 'stderr', 'note']), text }),
  z.object({ type: z.literal('exit'), code: z.number() }),
  z.object({ type: z.literal('error'), error: z.object({ code: text, message: text, hint: text }) }),
]);

export type TerminalMessage = z.infer<typeof message>;
export type Stream = Extract<TerminalMessage, { type: 'output' }>['stream'];

/** What the page sends. */
export type TerminalRequest =
  | { type: 'run'; line: string; file?: string }
  | { type: 'input'; text: string }
  | { type: 'signal'; signal: 'interrupt' | 'end-of-input' };

/** `null` for one that this page does not know. */
export function parseMessage(json: string): TerminalMessage | null {
  try {
    const parsed = message.safeParse(JSON.parse(json));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}
