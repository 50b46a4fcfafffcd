// What a tunnel does with messages, where somebody asked for it: policies on each one, and the switches of the gateway.
import type { GatewaySettings } from '../../settings.ts';
import type { WholeMessage } from './message-reader.ts';

/** What came of a message: it goes on with this payload, or the connection ends and its sender gets the code. */
export type Verdict =
  | { kind: 'pass'; payload: Uint8Array }
  | { kind: 'close'; code: number; reason: string; why: string };

/** Decides on one message at a time and direction. Never rejects. */
export type MessageHandler = (message: WholeMessage) => Promise<Verdict>;

export interface MessageRules {
  /** For messages of the client, and of the target; `null` where they pass as they are. */
  fromClient: MessageHandler | null;
  fromTarget: MessageHandler | null;
  /** Binary messages are lost. */
  textOnly: boolean;
  /** Messages of more bytes are lost. */
  lossBytes: number | null;
  /** Called once, when the connection is over. */
  ended(): void;
}

/** The rules that the gateway's switches ask for, or `null` where they ask for none: then nothing is parsed. */
export function rulesOfSwitches({ textOnly, messageMaxBytes }: GatewaySettings): MessageRules | null {
  if (!textOnly && messageMaxBytes === null) return null;
  return { fromClient: null, fromTarget: null, textOnly, lossBytes: messageMaxBytes, ended() {} };
}
