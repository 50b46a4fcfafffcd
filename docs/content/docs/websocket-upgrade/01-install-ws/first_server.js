// Take WebSocketServer from the package ws, and open port 8091 with it.
