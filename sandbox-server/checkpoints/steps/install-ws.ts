// Step "Install ws": the smallest server that there is, made with the package, takes a client.
import type { TrialCheckpoint } from '../checkpoint.ts';

export const installWs: TrialCheckpoint = {
  step: 'install-ws',
  kind: 'trial',
  files: { 'first_server.js': 'server' },
  async check({ connect, expect }) {
    const socket = await connect();
    expect(socket.opened, {
      title: 'A client connects to port 8091',
      exchange: socket,
      expected: 'an open connection',
      received: socket.status === null ? 'no answer' : `status ${socket.status}`,
      hint: 'The file has run to its end, and nothing listens on port 8091. A WebSocketServer with that port does.',
    });
  },
};
