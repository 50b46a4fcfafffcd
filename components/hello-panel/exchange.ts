// One word through the demo's first approach, and its reply.
import { Conversation } from '../websocket-client/conversation.ts';

/** What every reply of the tutorial's server starts with; its welcome does not. */
const replyStart = 'Processed message:';
/** Milliseconds for connecting and for the reply, together. */
const patience = 5000;

export class NoReply extends Error {}

/** Keeps one connection for as many words as come. */
export class Exchange {
  #url: string;
  #conversation: Conversation | null = null;
  #look: () => void = () => {};

  constructor(url: string) {
    this.#url = url;
  }

  /** The reply to this word. Throws NoReply when there is none in time, or when a newer word has come. */
  async ask(word: string): Promise<string> {
    this.#look();
    const reply = Promise.withResolvers<string>();
    const timer = setTimeout(() => reply.reject(new NoReply('There was no reply in time.')), patience);
    let seen = -1;
    const conversation = this.#open();
    const step = () => {
      if (conversation.state === 'closed')
        reply.reject(new NoReply('The connection could not be made, or was lost.'));
      else if (conversation.state === 'open' && seen < 0) {
        seen = conversation.rows.length + conversation.dropped;
        conversation.send(word);
      } else if (seen >= 0) {
        const rows = conversation.rows.slice(seen - conversation.dropped);
        const answer = rows.find((row) => row.direction === 'received' && row.payload.startsWith(replyStart));
        if (answer) reply.resolve(answer.payload);
      }
    };
    this.#changed = step;
    this.#look = () => reply.reject(new NoReply('A newer word has come.'));
    step();
    try {
      return await reply.promise;
    } finally {
      clearTimeout(timer);
      if (this.#changed === step) this.#look = () => {};
    }
  }

  close(): void {
    this.#conversation?.close();
  }

  #changed: () => void = () => {};

  #open(): Conversation {
    const { state } = this.#conversation ?? { state: 'closed' };
    if (!this.#conversation || state === 'closed' || state === 'closing') {
      this.#conversation = new Conversation(this.#url, [], () => this.#changed());
    }
    return this.#conversation;
  }
}
