// Answers a WebSocket handshake (RFC 6455, section 4.2.2), and refuses pages of others.
const crypto = require('crypto');

// The same for every WebSocket server in the world (RFC 6455, section 1.3).
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

// The pages that may open a connection.
const OWN_ORIGINS = ['https://shop.example', 'https://admin.shop.example'];

const key = context.get('request.headers.Sec-WebSocket-Key');
const origin = context.get('request.headers.Origin');

// Only browsers send an Origin: whoever has none is no page.
if (origin !== undefined && !OWN_ORIGINS.includes(origin)) {
  context.set('message.status.code', 403);
} else {
  const accept = crypto.createHash('sha1').update(key + GUID).digest('base64');

  context.set('message.status.code', 101);
  // Said outright, not left to what the gateway copies from the request.
  context.set('message.headers.Upgrade', 'websocket');
  context.set('message.headers.Connection', 'Upgrade');
  context.set('message.headers.Sec-WebSocket-Accept', accept);
}
