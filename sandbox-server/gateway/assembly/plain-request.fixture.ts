// A plain HTTPS request for tests, and its whole answer.
import { once } from 'node:events';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { request } from 'node:https';
import type { StartedGateway } from '../started-gateway.fixture.ts';

export interface PlainAnswer {
  status: number | undefined;
  headers: IncomingHttpHeaders;
  body: string;
}

export async function ask(
  { port }: StartedGateway,
  { method = 'GET', path = '/maple/sandbox/one', headers = {}, body = '' } = {},
): Promise<PlainAnswer> {
  const sent = request({ port, host: '127.0.0.1', rejectUnauthorized: false, method, path, headers });
  const answered: Promise<IncomingMessage[]> = once(sent, 'response');
  sent.end(body);
  const [response] = await answered;
  response?.setEncoding('utf8');
  return {
    status: response?.statusCode,
    headers: response?.headers ?? {},
    body: ((await response?.toArray()) ?? []).join(''),
  };
}
