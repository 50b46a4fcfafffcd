// What the script of the benchmark needs where there is no gateway: just enough of `context` and `require`, in plain JavaScript.

/** An expression of a function of `sha1(text)`, which gives Base64; it runs the script and gives the value of the header that it set. */
export function shimmed(script: string): string {
  return `(function (sha1) {
    const values = { 'request.headers.Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==' };
    const context = { get: (name) => values[name], set: (name, value) => { values[name] = value; } };
    const require = () => ({
      createHash() {
        let text = '';
        return { update(more) { text += more; return this; }, digest: () => sha1(text) };
      },
    });
    (function () { 'use strict';
${script}
    })();
    return values['message.headers.Sec-WebSocket-Accept'];
  })`;
}

/** RFC 6455 §1.3: what the script must give for the key above. */
export const EXPECTED = 's3pPLMBiTxaQ9kYGzzhZRbK+xOo=';
