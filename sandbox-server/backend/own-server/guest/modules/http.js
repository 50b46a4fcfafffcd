// `require('http')`: a server on the script's port, for its own answers and for the WebSocketServers that it is given to.
import STATUS_CODES from 'lab:status-codes';

export default function createHttpModule({ http }) {
  const { Server, IncomingMessage, ServerResponse } = http;
  return {
    createServer: (...args) => new Server(...args),
    Server,
    IncomingMessage,
    ServerResponse,
    STATUS_CODES,
  };
}
