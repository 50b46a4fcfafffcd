// A talk between client, gateway and target as data: every picture of one is drawn from this, and told in words from it.

export type Party = 'client' | 'gateway' | 'target';

/** One row of the picture: `message` is an arrow, `work` happens at one party, `stream` joins two of them for good, `gap` stands for what is not drawn, `end` closes it. */
export type SequenceRow =
  | { kind: 'message'; from: Party; to: Party; text: string }
  | { kind: 'work'; at: Party; text: string }
  | { kind: 'stream'; from: Party; to: Party; text: string }
  | { kind: 'gap'; text: string }
  | { kind: 'end'; text: string };

export interface Sequence {
  title: string;
  /** Parties that take part; the others are drawn as absent. */
  parties: readonly Party[];
  rows: readonly SequenceRow[];
}

/** The picture for those who do not see it: one sentence a row. */
export function inWords(rows: readonly SequenceRow[]): string {
  return rows.map(sentence).join(' ');
}

function sentence(row: SequenceRow): string {
  switch (row.kind) {
    case 'message':
      return `${capital(row.from)} to ${row.to}: ${row.text}.`;
    case 'work':
      return `At the ${row.at}: ${row.text}.`;
    case 'stream':
      return `Between ${row.from} and ${row.to}: ${row.text}.`;
    case 'gap':
      return `Not drawn: ${row.text}.`;
    case 'end':
      return `The end: ${row.text}.`;
  }
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
