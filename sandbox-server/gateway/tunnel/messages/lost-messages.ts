// Says that messages are lost: the first of each kind at once, and how many it were when the connection is over.
import type { GatewayEventBody } from '../../events.ts';
import type { LostMessage } from './message-reader.ts';

export type Sender = 'client' | 'target';

export interface LostMessages {
  add(sender: Sender, lost: LostMessage): void;
  /** Tells the sums. */
  end(): void;
}

export function createLostMessages(
  lossBytes: number | null,
  emit: (event: GatewayEventBody) => void,
): LostMessages {
  const counts: Record<LostMessage['why'], number> = { binary: 0, size: 0 };
  const tell = (text: string) => emit({ type: 'gateway-log', level: 'warn', code: null, text });

  return {
    add(sender, { why, bytes }) {
      counts[why] += 1;
      if (counts[why] > 1) return;
      tell(
        why === 'binary'
          ? `A binary message of the ${sender} (${bytes} bytes) is lost: the gateway is switched to text only. API Connect is reported to let a binary message through after the 101, and never to relay it.`
          : `A message of the ${sender} (${bytes} bytes) is lost: the gateway is switched to messages of at most ${lossBytes} bytes. IBM documents as a known limitation: "The maximum reliable message payload is less than 1 KB". That a larger one is lost is the lab's choice.`,
      );
    },
    end() {
      const { binary, size } = counts;
      if (binary > 0) tell(`${lostCount(binary)} on this connection because of being binary.`);
      if (size > 0) tell(`${lostCount(size)} on this connection because of the size.`);
    },
  };
}

function lostCount(count: number): string {
  return count === 1 ? 'One message was lost' : `${count} messages were lost`;
}
