const WebSocket = require('ws');
const http = require('http');

let history = [];
const clients = [];
const colors = ['red', 'green', 'blue'];

const server = http.createServer((request, response) => {
  response.writeHead(200, { 'Content-Type': 'text/html' });
  response.end('<h1>Chat</h1>');
});
server.listen(8091, () => {
  console.log('Server is listening on port ' + 8091);
});

const wsServer = new WebSocket.Server({ server: server });

function htmlEntities(str) {
  return String(str)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;');
}

wsServer.on('connection', (connection, request) => {
  const index = clients.push(connection) - 1;
  let userName = false;
  let userColor = false;
  console.log('Connection from origin ' + request.headers.origin + '.');
  if (history.length > 0) connection.send(JSON.stringify({ type: 'history', data: history }));

  connection.on('message', (message) => {
    if (userName === false) {
      userName = htmlEntities(message.toString());
      userColor = colors.shift();
      connection.send(JSON.stringify({ type: 'color', data: userColor }));
      console.log('User is known as: ' + userName + ' with ' + userColor + ' color.');
    } else {
      const obj = { text: htmlEntities(message), author: userName, color: userColor };
      history.push(obj);
      history = history.slice(-100);
      for (let i = 0; i < clients.length; i++)
        clients[i].send(JSON.stringify({ type: 'message', data: obj }));
    }
  });

  connection.on('close', () => {
    clients.splice(index, 1);
    console.log('gone:', userName, clients.length);
  });
});
