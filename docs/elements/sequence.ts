// The two approaches as data: who says what to whom, in order; the pictures are drawn from this.
import type { Sequence } from '../../components/sequence/sequence.ts';

export const upgradePolicy: Sequence = {
  title: 'WebSocket upgrade policy',
  parties: ['client', 'gateway', 'target'],
  rows: [
    { kind: 'message', from: 'client', to: 'gateway', text: 'GET, key A' },
    { kind: 'message', from: 'gateway', to: 'target', text: 'GET, key B' },
    { kind: 'message', from: 'target', to: 'gateway', text: '101 for B' },
    { kind: 'message', from: 'gateway', to: 'client', text: '101 for A' },
    { kind: 'stream', from: 'client', to: 'target', text: 'frames pass through' },
  ],
};

export const scriptedHandshake: Sequence = {
  title: 'GatewayScript handshake',
  parties: ['client', 'gateway'],
  rows: [
    { kind: 'message', from: 'client', to: 'gateway', text: 'GET, key A' },
    { kind: 'work', at: 'gateway', text: 'script: SHA-1, base64' },
    { kind: 'message', from: 'gateway', to: 'client', text: '101 for A' },
    { kind: 'stream', from: 'client', to: 'gateway', text: 'open; nobody answers' },
  ],
};
