// What one program does with a handshake, and how that is known.
import type { Standing } from '../../look/standing.ts';

/** `waits`: the head does not end, and so nothing is decided. */
export type Outcome = 'opens' | 'refuses' | 'waits';

export interface Verdict {
  outcome: Outcome;
  /** Its own words, line by line; none where it says nothing, or where they are not known. */
  says: readonly string[];
  /** The rule by which it refuses: an id of gateway/handshake, of heads/head-rules.ts, or of `OTHER_RULES`. */
  rule: string | null;
  standing: Standing;
  /** How it is known. */
  source: string;
}

/** Rules that are not of RFC 6455 itself. */
export const OTHER_RULES: Readonly<Record<string, { label: string; href: string }>> = {
  'subprotocol-answered': {
    label: 'WHATWG WebSockets: who offers subprotocols wants one named',
    href: 'https://websockets.spec.whatwg.org/#concept-websocket-establish',
  },
  'deflate-parameters': {
    label: 'RFC 7692, 7.1',
    href: 'https://www.rfc-editor.org/rfc/rfc7692#section-7.1',
  },
  authentication: {
    label: 'RFC 9110, 15.5.2',
    href: 'https://www.rfc-editor.org/rfc/rfc9110#section-15.5.2',
  },
};

/** What a check finds; `null` where it is content. */
export interface Finding {
  says: string;
  rule: string;
}

export const found = (rule: string, says: string): Finding => ({ rule, says });
