// The messages of a terminal's socket, in both directions, as the HTTP interface has them.
import { z } from '@hono/zod-openapi';

/** UTF-16 units of one piece of input. */
const MAX_INPUT_CHARS = 600;

/** The most that a message may hold. */
export interface TerminalMessageLimits {
  lineChars: number;
  /** Bytes of the reader's server file. */
  fileBytes: number;
}

/** What the page sends. */
export function terminalRequestSchema({ lineChars, fileBytes }: TerminalMessageLimits) {
  const file = z
    .string()
    .refine((text) => Buffer.byteLength(text) <= fileBytes, `A server’s file has at most ${fileBytes} bytes.`)
    .optional()
    .openapi({ description: 'Text of `websocket_server.js`, for `node`. Without, the one deployed last.' });
  return z
    .discriminatedUnion('type', [
      z
        .strictObject({ type: z.literal('run'), line: z.string().max(lineChars), file })
        .openapi({ description: 'Runs a line: one command, its words as a shell would split them.' }),
      z
        .strictObject({ type: z.literal('input'), text: z.string().min(1).max(MAX_INPUT_CHARS) })
        .openapi({ description: 'What is typed for the running program; a line ends with \\n.' }),
      z
        .strictObject({ type: z.literal('signal'), signal: z.enum(['interrupt', 'end-of-input']) })
        .openapi({ description: 'Ctrl-C, or Ctrl-D.' }),
    ])
    .openapi('TerminalRequest');
}

export type TerminalRequest = z.infer<ReturnType<typeof terminalRequestSchema>>;

/** What the server sends: first `ready`, then for each `run` any output, and one `exit` or `error`. */
export const terminalResponseSchema = z
  .discriminatedUnion('type', [
    z.object({
      type: z.literal('ready'),
      endpoint: z
        .string()
        .openapi({ description: 'The one address that the programs reach; API paths follow it.' }),
      commands: z.array(z.string()),
      fileBytes: z.number().int().openapi({ description: 'Bytes of the largest `file` of a `run`.' }),
    }),
    z.object({
      type: z.literal('output'),
      stream: z
        .enum(['stdout', 'stderr', 'note'])
        .openapi({ description: 'A note is the lab’s own: the program would not print it.' }),
      text: z.string(),
    }),
    z.object({ type: z.literal('exit'), code: z.number().int() }),
    z.object({
      type: z.literal('error'),
      error: z.object({ code: z.string(), message: z.string(), hint: z.string() }),
    }),
  ])
  .openapi('TerminalResponse');

export type TerminalResponse = z.infer<typeof terminalResponseSchema>;
