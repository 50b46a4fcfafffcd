node websocket_server.js
