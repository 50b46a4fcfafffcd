// The bare byte pipe of Node: the least that any gateway in Node does.
import { connect, createServer } from 'node:net';
import { announce } from './announce.ts';

const port = Number(process.env.BACKEND);
announce(
  createServer({ noDelay: true, allowHalfOpen: true }, (client) => {
    const target = connect({ port, host: '127.0.0.1', noDelay: true, allowHalfOpen: true });
    client.pipe(target);
    target.pipe(client);
    client.on('error', () => target.destroy());
    target.on('error', () => client.destroy());
  }),
);
