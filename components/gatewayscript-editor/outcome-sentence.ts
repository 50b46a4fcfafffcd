// A run's outcome, told in one sentence.
import type { Run } from '../lab-server/answers.ts';

export interface OutcomeSentence {
  tone: 'ok' | 'warn' | 'bad';
  text: string;
}

/** `tone` is `ok` only where a strict client would be content. */
export function outcomeSentence(run: Run): OutcomeSentence {
  const answer = `${run.response.status} ${run.response.reason}`.trim();
  const place = run.error?.line == null ? '' : ` at line ${run.error.line}`;
  switch (run.outcome) {
    case 'completed':
      return completed(run, answer);
    case 'rejected':
      return { tone: 'warn', text: `The script rejected the request. The client gets ${answer}.` };
    case 'threw':
      return { tone: 'bad', text: `The script threw an error${place}. The client gets ${answer}.` };
    case 'syntax-error':
      return {
        tone: 'bad',
        text: `The script did not run: the gateway cannot parse it${place}. The client gets ${answer}.`,
      };
    case 'interrupted':
      return {
        tone: 'bad',
        text: `The script was stopped: it ran longer than a script may. Look for a loop that never ends. The client gets ${answer}.`,
      };
    case 'out-of-memory':
      return {
        tone: 'bad',
        text: `The script was stopped: it asked for more memory than a script may have. The client gets ${answer}.`,
      };
  }
}

function completed(run: Run, answer: string): OutcomeSentence {
  const broken = run.handshake.filter((rule) => !rule.passed).length;
  if (run.handshake.length === 0)
    return { tone: 'ok', text: `The script completed. The client gets ${answer}.` };
  if (broken === 0) {
    return {
      tone: 'ok',
      text: `The script completed. The client gets ${answer}, and the handshake keeps all ${run.handshake.length} rules.`,
    };
  }
  const rules = broken === 1 ? 'one rule' : `${broken} rules`;
  return {
    tone: 'bad',
    text: `The script completed, but the handshake breaks ${rules} of RFC 6455. The client gets ${answer}.`,
  };
}
