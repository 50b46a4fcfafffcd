// Reads a target URL: which server of the sandbox it names, or which outside that the operator allows, or why it names none.
import type { Elsewhere } from './elsewhere.ts';
import { SANDBOX_HOSTS } from './hosts.ts';

/** `rule` is the diagnostic's id; `message` a sentence with the mend. */
export interface TargetFault {
  rule: 'target-url-missing' | 'target-url-form' | 'target-url-scheme' | 'target-outside-sandbox';
  message: string;
}

/** `port` is of the sandbox, `null` for a server elsewhere. */
export type Target = { url: URL; port: number | null } | { fault: TargetFault };

/**
 * Parses as a browser would (WHATWG URL), so that an address in any notation is compared in its one normal form.
 * `ws:` and `wss:` are faults: the policy takes `http` and `https` only (seen in the field), and switches protocols itself.
 */
export function readTarget(text: string, elsewhere?: Pick<Elsewhere, 'origins'>): Target {
  if (text.trim() === '')
    return fault('target-url-missing', 'target-url is empty. Name the server, e.g. http://backend:8091.');
  const url = URL.parse(text);
  // A browser would mend `http:backend` and `http:///backend`; a gateway has no reader who sees that.
  if (!url || (/^https?:$/.test(url.protocol) && !/^\s*https?:\/\/[^/\\]/i.test(text)))
    return fault(
      'target-url-form',
      `target-url ${shown(text)} is no URL. Write it like http://backend:8091.`,
    );
  if (url.protocol === 'ws:' || url.protocol === 'wss:') {
    const mend = url.protocol === 'ws:' ? 'http://' : 'https://';
    return fault(
      'target-url-scheme',
      `target-url starts with ${url.protocol}//, which the policy does not take. Use ${mend} instead: the gateway asks for the upgrade itself.`,
    );
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    return fault(
      'target-url-scheme',
      `target-url starts with ${url.protocol}, but must start with http:// or https://.`,
    );
  }
  const port = url.port === '' ? (url.protocol === 'https:' ? 443 : 80) : Number(url.port);
  if (SANDBOX_HOSTS.has(url.hostname)) return { url, port };
  const origins = elsewhere?.origins ?? [];
  if (origins.includes(url.origin)) return { url, port: null };
  const allowed = origins.length > 0 ? ` Outside, the operator allows ${origins.join(', ')}.` : '';
  return fault(
    'target-outside-sandbox',
    `The host ${shown(url.hostname)} is outside the sandbox. A target is one of its own servers: ${[...SANDBOX_HOSTS].join(', ')}, e.g. http://backend:8091.${allowed}`,
  );
}

function fault(rule: TargetFault['rule'], message: string): Target {
  return { fault: { rule, message } };
}

function shown(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}
