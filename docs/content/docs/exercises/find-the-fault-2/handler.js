// Answers a WebSocket handshake (RFC 6455, section 4.2.2).
const crypto = require('crypto');

// The same for every WebSocket server in the world (RFC 6455, section 1.3).
const GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

const key = context.get('request.headers.Sec-WebSocket-Key');
const accept = crypto.createHash('sha1').update(key + GUID).digest('base64');

context.set('message.statusCode', 101);
context.set('message.headers.Upgrade', 'websocket');
context.set('message.headers.Connection', 'Upgrade');
context.set('message.headers.Sec-WebSocket-Accept', accept);
