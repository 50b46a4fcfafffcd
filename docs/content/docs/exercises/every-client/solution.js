// Answers a WebSocket handshake (RFC 6455, section 4.2.2) of every client, and refuses a request that is none.
const crypto = require('crypto');

// The same for every WebSocket server in the world (RFC 6455, section 1.3).
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

// Read as every client may write them: in any case, and Connection as a list.
const upgrade = String(context.get('request.headers.Upgrade')).toLowerCase();
const connection = String(context.get('request.headers.Connection')).toLowerCase();
const asks = connection.split(',').map((part) => part.trim());

if (upgrade === 'websocket' && asks.includes('upgrade')) {
  const key = context.get('request.headers.Sec-WebSocket-Key');
  const accept = crypto.createHash('sha1').update(key + GUID).digest('base64');

  context.set('message.status.code', 101);
  // Said in the words that the strictest client takes, not in those of this one.
  context.set('message.headers.Upgrade', 'websocket');
  context.set('message.headers.Connection', 'Upgrade');
  context.set('message.headers.Sec-WebSocket-Accept', accept);
} else {
  context.set('message.status.code', 400);
}
