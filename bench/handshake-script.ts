// The script of the benchmark: the tutorial's own, the accept value of RFC 6455 from the client's key.

export const HANDSHAKE = `var crypto = require('crypto');
function computeSha1Hash(text) {
  var hash = crypto.createHash('sha1');
  hash.update(text);
  return hash.digest('base64');
}
var ws_key = context.get('request.headers.Sec-WebSocket-Key');
const guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
const ws_accept = ws_key + guid;
var base64AcceptValue = computeSha1Hash(ws_accept);
context.set('message.status.code', 101);
context.set('message.headers.Sec-WebSocket-Accept', base64AcceptValue);
`;
