const EventEmitter = require('events');
const { WebSocketServer } = require('ws');

class Client {
  #socket;
  constructor(socket, name) {
    this.#socket = socket;
    this.name = name;
  }
  send(type, payload) {
    this.#socket.send(JSON.stringify({ type, ...payload }));
  }
}

class ChatServer extends EventEmitter {
  clients = new Map();

  constructor(options) {
    super();
    this.wss = new WebSocketServer(options);
    this.wss.on('connection', this.onConnection.bind(this));
  }

  onConnection(ws, req) {
    const name = new URLSearchParams(req.url.split('?')[1]).get('name') ?? `guest${this.clients.size + 1}`;
    const client = new Client(ws, name);
    this.clients.set(ws, client);
    this.emit('join', client);
    ws.on('message', (data) => this.broadcast('chat', { from: name, text: data.toString() }));
    ws.on('close', () => {
      this.clients.delete(ws);
      this.emit('leave', client);
    });
  }

  broadcast(type, payload) {
    for (const client of this.clients.values()) client.send(type, payload);
  }
}

const chat = new ChatServer({ port: 8091 });
chat.on('join', (client) => {
  console.log('join', client);
  chat.broadcast('presence', { names: [...chat.clients.values()].map((c) => c.name) });
});
chat.on('leave', ({ name }) => console.log('leave', name));
