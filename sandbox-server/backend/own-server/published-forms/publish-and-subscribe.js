const { EventEmitter } = require('events');
const WebSocket = require('ws');

const bus = new EventEmitter();
bus.setMaxListeners(0);

const wss = new WebSocket.WebSocketServer({ port: 8091, clientTracking: false });
console.log(wss.clients);

wss.on('connection', (ws) => {
  const subscriptions = new Map();
  ws.on('message', (data) => {
    const { action, topic, payload } = JSON.parse(data);
    switch (action) {
      case 'subscribe': {
        const listener = (what) => ws.send(JSON.stringify({ topic, payload: what }));
        subscriptions.set(topic, listener);
        bus.on(topic, listener);
        break;
      }
      case 'unsubscribe':
        bus.off(topic, subscriptions.get(topic));
        subscriptions.delete(topic);
        break;
      case 'publish':
        bus.emit(topic, payload);
        break;
    }
    console.log(action, topic, bus.listenerCount(topic), subscriptions);
    ws.send(JSON.stringify({ ack: action }));
  });
  ws.on('close', () => subscriptions.forEach((listener, topic) => bus.off(topic, listener)));
});
