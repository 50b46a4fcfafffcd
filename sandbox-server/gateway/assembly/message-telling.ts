// Tells what the policies do on messages, as far as a reader can follow: a flood of messages must not flood the log.
import { createEventBudget } from '../event-budget.ts';
import type { GatewayEventBody } from '../events.ts';

export interface MessageTelling {
  emit(event: GatewayEventBody): void;
  /** Whether the next event would be told. */
  hasRoom(): boolean;
  /** Tells how many were not told at last. */
  end(): void;
}

export function createMessageTelling(
  perSecond: number,
  emit: (event: GatewayEventBody) => void,
): MessageTelling {
  const budget = createEventBudget(perSecond);

  function tellMissed(missed: number): void {
    if (missed === 0) return;
    const text = `${missed} events of policies on messages came faster than ${perSecond} a second and are not shown.`;
    emit({ type: 'gateway-log', level: 'notice', code: null, text });
  }

  return {
    emit(event) {
      const { allowed, missed } = budget.take();
      if (!allowed) return;
      tellMissed(missed);
      emit(event);
    },
    hasRoom: budget.hasRoom,
    end: () => tellMissed(budget.takeMissed()),
  };
}
