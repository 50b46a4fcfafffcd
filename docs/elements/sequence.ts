// The two approaches as data: who says what to whom, in order; the picture is drawn from this.

export type Party = 'client' | 'gateway' | 'target';

/** One row of the picture. `message` is an arrow, `work` happens at one party, `stream` joins two of them for good. */
export type Row =
  | { kind: 'message'; from: Party; to: Party; text: string }
  | { kind: 'work'; at: Party; text: string }
  | { kind: 'stream'; from: Party; to: Party; text: string };

export interface Sequence {
  title: string;
  /** Parties that take part; the others are drawn as absent. */
  parties: readonly Party[];
  rows: readonly Row[];
}

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

/** The picture in words, for those who do not see it: one sentence a row. */
export function inWords(sequence: Sequence): string {
  return sequence.rows.map(sentence).join(' ');
}

function sentence(row: Row): string {
  switch (row.kind) {
    case 'message':
      return `${capital(row.from)} to ${row.to}: ${row.text}.`;
    case 'work':
      return `At the ${row.at}: ${row.text}.`;
    case 'stream':
      return `Between ${row.from} and ${row.to}: ${row.text}.`;
  }
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
