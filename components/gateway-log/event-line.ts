// One event of the gateway as a line that a person reads.
import type { GatewayEvent } from '../../sandbox-server/gateway/events.ts';
import { opcodeName } from '../websocket-client/opcode-name.ts';

export interface EventLine {
  /** Whose doing it is: it colours the line. */
  who: 'client' | 'gateway' | 'target';
  text: string;
  tone: 'plain' | 'bad';
}

export function eventLine(event: GatewayEvent): EventLine {
  const by = (who: EventLine['who'], text: string, bad = false): EventLine => ({
    who,
    text,
    tone: bad ? 'bad' : 'plain',
  });
  switch (event.type) {
    case 'api-deployed':
      return by('gateway', `Serves ${event.api}, version ${event.version}.`);
    case 'api-removed':
      return by('gateway', `Serves ${event.api} no more.`);
    case 'product-deployed':
      return by(
        'gateway',
        `Keeps to the product ${event.product}, version ${event.version}, with ${plans(event)}.`,
      );
    case 'product-removed':
      return by('gateway', `Forgets the product ${event.product}.`);
    case 'settings-changed':
      return by(
        'gateway',
        event.switches.length === 0
          ? 'All switches are at their defaults.'
          : `Is switched otherwise than by default: ${event.switches.join(', ')}.`,
      );
    case 'request-received':
      return by(
        'client',
        `Asks ${event.method} ${event.path}${event.listener === 'tls' ? ' over TLS' : ', from a browser'}.`,
      );
    case 'api-matched':
      return by('gateway', `Takes it to ${event.api} ${event.version}, operation ${event.operation}.`);
    case 'security-checked':
      return by('gateway', security(event), !event.passed);
    case 'policy-started':
      return by('gateway', `Starts ${named(event)}.`);
    case 'policy-ended':
      return by('gateway', ended(event), event.outcome === 'failed');
    case 'console':
      return by(
        'gateway',
        `console.${event.level}${event.line === null ? '' : `, line ${event.line}`}: ${event.text}`,
      );
    case 'target-request':
      return by('gateway', `Asks the target: ${event.method} ${event.url}.`);
    case 'target-response':
      return by('target', `Answers ${status(event)}.`, event.status !== 101);
    case 'response-sent':
      return by(
        'gateway',
        responseSent(event),
        event.status >= 400 || event.rules.some((rule) => !rule.passed),
      );
    case 'tunnel-opened':
      return by('gateway', relays[event.relay]);
    case 'frame':
      return by(...frame(event));
    case 'frames-unwatched':
      return by('gateway', `Frames are no longer listed: ${event.reason}`);
    case 'connection-closed':
      return by(event.by, closed(event), event.how === 'reset');
    case 'gateway-log':
      return by('gateway', event.code ? `${event.code} ${event.text}` : event.text, event.level === 'error');
    case 'server-console':
      return by('target', `Console of port ${event.port}: ${event.text}`, event.level === 'error');
    case 'server-started':
      return by('target', `Your server on port ${event.port} runs.`);
    case 'server-stopped':
      return by('target', `Your server on port ${event.port} has stopped. ${event.reason}`);
    case 'server-crashed':
      return by(
        'target',
        `Your server on port ${event.port} has crashed${event.line === null ? '' : ` at line ${event.line}`}: ${event.message}`,
        true,
      );
  }
}

type Of<Type extends GatewayEvent['type']> = Extract<GatewayEvent, { type: Type }>;

const relays: Record<Of<'tunnel-opened'>['relay'], string> = {
  bytes: 'Passes on the bytes of both sides as they come.',
  messages: 'Reads each message, then passes it on.',
  nobody: 'Keeps the connection open; nobody is behind it.',
};

function plans({ plans: names }: Of<'product-deployed'>): string {
  return names.length === 1 ? `the plan ${names[0]}` : `the plans ${names.join(', ') || '(none)'}`;
}

function security({ passed, scheme, application, plan, message }: Of<'security-checked'>): string {
  if (!passed) return `Security failed. ${message ?? scheme}.`;
  return application === null
    ? `Security passed: ${scheme}.`
    : `Security passed: ${scheme}. It is the application ${application}, plan ${plan}.`;
}

/** The policy's own title where the reader gave it one. */
function named({ policy, title }: { policy: string; title: string }): string {
  return title && title !== policy ? `${policy} “${title}”` : policy;
}

function status({ status: code, reason }: { status: number; reason: string }): string {
  return `${code} ${reason}`.trim();
}

function ended(event: Of<'policy-ended'>): string {
  const outcome = { completed: 'is done with', stopped: 'stops in', failed: 'fails in' }[event.outcome];
  const why = event.message ? `: ${event.message}` : '.';
  return `${outcome.charAt(0).toUpperCase()}${outcome.slice(1)} ${named(event)}${why}`;
}

function responseSent(event: Of<'response-sent'>): string {
  const broken = event.rules.filter((rule) => !rule.passed);
  if (broken.length === 0) return `Answers the client ${status(event)}.`;
  return `Answers the client ${status(event)}, and breaks ${broken.length === 1 ? 'a rule' : `${broken.length} rules`} of RFC 6455: ${broken.map((rule) => rule.message).join(' ')}`;
}

function frame(event: Of<'frame'>): [EventLine['who'], string] {
  const way = {
    'client-to-gateway': ['client', 'Sends the gateway'],
    'gateway-to-target': ['gateway', 'Passes to the target'],
    'target-to-gateway': ['target', 'Sends the gateway'],
    'gateway-to-client': ['gateway', 'Passes to the client'],
  } as const;
  const [who, does] = way[event.direction];
  const bytes = event.length === 1 ? '1 byte' : `${event.length} bytes`;
  const close = event.closeCode === null ? '' : ` ${event.closeCode}`;
  const payload = event.payload ? `: ${event.payload}${event.payloadTruncated ? ' …' : ''}` : '.';
  return [who, `${does} ${opcodeName(event.opcode)}${close}, ${bytes}${payload}`];
}

function closed(event: Of<'connection-closed'>): string {
  const how = {
    'close-frame': `Closes${event.closeCode === null ? '' : ` with ${event.closeCode}`}${event.closeReason ? ` (${event.closeReason})` : ''}`,
    end: 'Ends the connection without a close frame',
    reset: 'Resets the connection',
    idle: 'Ends the connection, which was idle',
    shutdown: 'Ends the connection: it is stopping',
  }[event.how];
  return `${how}. ${event.bytesFromClient} bytes came from the client, ${event.bytesToClient} went to it.`;
}
