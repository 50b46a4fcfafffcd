// Reads the body of a plain request, as far as the limits: its own, and the common one on what waits.
import type { Exchange } from './exchange.ts';

/** The body, `too-large` beyond `maxBytes`, or `incomplete` when the client breaks off or is too slow. */
export async function readRequestBody(
  { request, account }: Pick<Exchange, 'request' | 'account'>,
  maxBytes: number,
): Promise<Buffer | 'too-large' | 'incomplete'> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return 'too-large';
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    // Kept alive at the limit: the answer still has to go out on its connection.
    for await (const chunk of request.iterator({ destroyOnReturn: false })) {
      if (!Buffer.isBuffer(chunk)) continue;
      bytes += chunk.length;
      if (bytes > maxBytes) return 'too-large';
      chunks.push(chunk);
      account.add(chunk.length);
    }
  } catch {
    return 'incomplete';
  }
  return request.complete ? Buffer.concat(chunks) : 'incomplete';
}
