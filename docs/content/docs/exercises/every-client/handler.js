// Answers a WebSocket handshake (RFC 6455, section 4.2.2), and refuses a request that is none.
const crypto = require('crypto');

// The same for every WebSocket server in the world (RFC 6455, section 1.3).
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

const upgrade = context.get('request.headers.Upgrade');
const connection = context.get('request.headers.Connection');

if (upgrade === 'websocket' && connection === 'Upgrade') {
  const key = context.get('request.headers.Sec-WebSocket-Key');
  const accept = crypto.createHash('sha1').update(key + GUID).digest('base64');

  context.set('message.status.code', 101);
  context.set('message.headers.Upgrade', upgrade);
  context.set('message.headers.Connection', connection);
  context.set('message.headers.Sec-WebSocket-Accept', accept);
} else {
  context.set('message.status.code', 400);
}
