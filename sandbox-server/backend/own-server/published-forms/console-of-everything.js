const { WebSocketServer } = require('ws');
const wss = new WebSocketServer({ port: 8091 });

class Player {
  constructor(name) {
    this.name = name;
    this.position = { x: 0, y: 0, history: [{ x: 1, deep: { er: {} } }] };
    this.tags = new Set(['new']);
  }
  get label() {
    return this.name;
  }
}

const game = { players: new Map(), started: new Date(0), id: Symbol('game'), big: 12n };
game.self = game;

wss.on('connection', (ws) => {
  ws.on('message', (data) => {
    console.log('raw', data);
    const player = new Player(data.toString());
    game.players.set(player.name, player);
    console.log(game);
    console.log([player], typeof player, Player, () => {}, [undefined, null, NaN, -0]);
    console.info({ data, text: 'it\'s "quoted"', regex: /x/gi, list: Array(120).fill(0) });
    console.error(
      Object.assign(new Error('boom'), { stack: 'Error: boom\n    at somewhere', code: 'E_BOOM' }),
    );
    console.table;
    ws.send('logged');
  });
});
