// Assemblies for tests, as text, and the way to send one request through them.
import { randomBytes } from 'node:crypto';
import { exchangeRaw } from '../raw-client.fixture.ts';
import { definitionText, type StartedGateway } from '../started-gateway.fixture.ts';

export interface FlowOptions {
  /** What stands below `execute`: `catch`, `finally`, properties. */
  rest?: string;
  path?: string;
  method?: string;
  headers?: string[];
  body?: string;
}

/** Deploys the policies under `/flow` and asks for them once. */
export async function askFlow(lab: StartedGateway, policies: string, options: FlowOptions = {}) {
  const { rest = '', path = '', method = 'GET', headers = [], body = '' } = options;
  lab.deploy(definitionText('/flow', policies, rest));
  const head = [
    `${method} /maple/sandbox/flow${path} HTTP/1.1`,
    'Host: a',
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...headers,
  ];
  const answer = await exchangeRaw(lab.port, `${head.join('\r\n')}\r\n\r\n${body}`);
  return { ...answer, header: (name: string) => new RegExp(`^${name}: (.*)$`, 'im').exec(answer.head)?.[1] };
}

export function setting(...actions: string[]): string {
  return `- set-variable:\n    version: 2.0.0\n    title: set\n    actions:\n${actions.map((action) => `      - ${action}`).join('\n')}`;
}

export function throwing(name: string, message = 'too cold', more = ''): string {
  return `- throw: {version: 2.1.0, title: cold, name: ${name}, message: ${message}${more}}`;
}

/** One handler of `catch`: for the names, or the default one. */
export function handler(names: string[] | 'default', policies: string): string {
  const list = policies === '' ? ' []' : `\n${policies.replace(/^/gm, '    ')}`;
  return names === 'default' ? `- default:${list}` : `- errors: [${names.join(', ')}]\n  execute:${list}`;
}

export function catching(...handlers: string[]): string {
  return `    catch:\n${handlers.join('\n').replace(/^/gm, '      ')}`;
}

export function atLast(policies: string): string {
  return `\n    finally:\n${policies.replace(/^/gm, '      ')}`;
}

export function logged(lab: StartedGateway): string[] {
  return lab.told('gateway-log').map(({ text }) => text);
}

export function word(): string {
  // With a letter in front YAML never takes it for a number.
  return `w${randomBytes(5).toString('hex')}`;
}
