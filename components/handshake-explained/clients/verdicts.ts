// What a `ws` server, a browser, `ws` and `websocat` each say to these two heads.
import type { Head } from '../heads/parse-head.ts';
import { chromium } from './chromium.ts';
import { offerOf } from './offer.ts';
import type { Finding, Verdict } from './verdict.ts';
import { websocat } from './websocat.ts';
import { wsClient } from './ws-client.ts';
import { wsServer } from './ws-server.ts';

export interface Heads {
  /** One character a byte, as they stand in the editors. */
  request: string;
  response: string;
}

export interface ClientVerdict extends Verdict {
  name: string;
  /** Which head it judges. */
  judges: 'request' | 'response';
}

/** What the tests of this part hold against the real programs; e2e/handshake.spec.ts does it for the browser. */
const MEASURED_WS = 'measured with ws 8.23 on Node 24';
const MEASURED_CHROMIUM = 'measured with Chromium; the words stand in its console';
const READ = 'read in the source of its library, rust-websocket';

export function verdicts({ request, response }: Heads, asked: Head, answered: Head): ClientVerdict[] {
  const offer = offerOf(asked);
  return [
    {
      name: 'ws, as the server',
      judges: 'request',
      ...measured(wsServer(request), ['101 Switching Protocols'], MEASURED_WS),
    },
    {
      name: 'browser',
      judges: 'response',
      ...measured(chromium(offer, response), [], MEASURED_CHROMIUM),
    },
    { name: 'ws', judges: 'response', ...measured(wsClient(offer, response), [], MEASURED_WS) },
    { name: 'websocat', judges: 'response', ...ofWebsocat(asked, answered) },
  ];
}

function measured(finding: Finding | null | 'waits', opened: readonly string[], source: string): Verdict {
  const known = { standing: 'seen', source } as const;
  if (finding === 'waits') return { outcome: 'waits', says: [], rule: null, ...known };
  if (finding === null) return { outcome: 'opens', says: opened, rule: null, ...known };
  return {
    outcome: 'refuses',
    says: finding.says === '' ? [] : [finding.says],
    rule: finding.rule,
    ...known,
  };
}

function ofWebsocat(asked: Head, answered: Head): Verdict {
  const verdict = websocat(asked, answered);
  if (verdict.outcome === 'waits')
    return { ...verdict, says: [], rule: null, standing: 'inferred', source: READ };
  const { outcome, says, rule, certain } = verdict;
  return { outcome, says, rule, standing: certain ? 'seen' : 'inferred', source: READ };
}
