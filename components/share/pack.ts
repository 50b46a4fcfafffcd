// A text as few letters that mails and chats leave alone: deflate (RFC 1951), then base64url (RFC 4648 §5) without padding.

export async function pack(text: string): Promise<string> {
  const deflated = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = new Uint8Array(await new Response(deflated).arrayBuffer());
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** The text again. Throws for anything that `pack` has not made, and as soon as more than `mostBytes` come out of it. */
export async function unpack(packed: string, mostBytes: number): Promise<string> {
  const binary = atob(packed.replaceAll('-', '+').replaceAll('_', '/'));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  // What is no UTF-8 is an error here, not a text with holes.
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const reader = inflated.getReader();
  let [text, count] = ['', 0];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    count += value.length;
    if (count > mostBytes) {
      await reader.cancel();
      throw new RangeError(`More than ${mostBytes} bytes.`);
    }
    text += decoder.decode(value, { stream: true });
  }
}
