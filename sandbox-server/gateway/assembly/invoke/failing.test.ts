import { afterEach, describe, expect, it } from 'vitest';
import { scriptPolicy } from '../../started-gateway.fixture.ts';
import { closeTarget, switching, type Target, withTarget } from '../one-target.fixture.ts';
import { ask } from '../plain-request.fixture.ts';

afterEach(closeTarget);

const policy = (url: string, stop: string, more = '', seconds = 60) =>
  `- invoke:\n    version: 2.0.0\n    timeout: ${seconds}\n    target-url: ${url}\n    stop-on-error: [${stop}]${more}`;
const goesOn = scriptPolicy("context.message.header.set('X-Went-On', 'yes');");
const backside = { httpCode: '500', moreInformation: 'Failed to establish a backside connection' };

describe('invoke to a target that fails', () => {
  const failing: [string, string, Target, string][] = [
    ['refuses the connection', 'http://backend:1', {}, 'ECONNREFUSED'],
    ['is outside the sandbox', 'http://$(request.verb).example', {}, 'get.example'],
    ['never answers', 'http://backend:8091', { onRequest: () => {} }, '1 s'],
    [
      'switches protocols unasked',
      'http://backend:8091',
      {
        onRequest: (_, response) =>
          void response.socket?.write(
            'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n',
          ),
      },
      '101',
    ],
    [
      'answers with too large a body',
      'http://backend:8091',
      { onRequest: (_, response) => void response.on('error', () => {}).end('a'.repeat(1_100_000)) },
      'over',
    ],
  ];
  it.each(failing)(
    'a target that %s is a ConnectionError where that stops the assembly',
    async (_, url, target, why) => {
      const started = await withTarget(
        target,
        // Only who never answers is to be waited for in vain.
        `${policy(url, 'ConnectionError', '', why === '1 s' ? 1 : 60)}\n${goesOn}`,
      );
      const { status, body, headers } = await ask(started);
      expect([status, JSON.parse(body)]).toEqual([500, expect.objectContaining(backside)]);
      expect(headers).not.toHaveProperty('x-went-on');
      expect(started.told('gateway-log').at(-1)).toMatchObject({
        code: '0x01130006',
        text: expect.stringMatching(new RegExp(`^ConnectionError: .*${why}`)),
      });
      expect(started.told('policy-ended')).toMatchObject([{ policy: 'invoke', outcome: 'failed' }]);
    },
  );

  it('the assembly goes on after an error that stop-on-error does not name, and the message is the error', async () => {
    const started = await withTarget({}, `${policy('http://backend:1', 'OperationError')}\n${goesOn}`);
    const { status, body, headers } = await ask(started);
    expect([status, headers['x-went-on'], JSON.parse(body)]).toEqual([
      500,
      'yes',
      expect.objectContaining(backside),
    ]);
  });

  it('an address that is none is a PropertyError, whatever stop-on-error says', async () => {
    const started = await withTarget({}, policy('$(request.headers.x-nowhere)', ''));
    expect((await ask(started)).status).toBe(500);
    expect(started.told('policy-ended')).toMatchObject([
      { outcome: 'failed', message: expect.stringContaining('$(request.headers.x-nowhere) has no value') },
    ]);
  });

  it.each([
    ['503 with OperationError', 503, 'text/plain', 'down', 'OperationError', 'OperationError'],
    [
      'a fault with SOAPError',
      500,
      'text/xml',
      '<s:Envelope xmlns:s="x"><s:Fault/></s:Envelope>',
      'SOAPError',
      'SOAPError',
    ],
    [
      'a fault with OperationError',
      500,
      'text/xml',
      '<s:Envelope xmlns:s="x"><s:Fault/></s:Envelope>',
      'OperationError',
      'OperationError',
    ],
    ['503 with SOAPError', 503, 'text/plain', 'down', 'SOAPError', null],
    ['404 with nothing', 404, 'text/plain', 'gone', '', null],
  ])('%s', async (_, status, type, text, stop, error) => {
    const onRequest: Target['onRequest'] = (_request, response) =>
      void response.writeHead(status, { 'Content-Type': type }).end(text);
    const started = await withTarget(
      { onRequest, onUpgrade: switching() },
      policy('http://backend:8091', stop),
    );
    const answer = await ask(started);
    expect(answer.status).toBe(status);
    if (error === null) expect(answer.body).toBe(text);
    else expect(JSON.parse(answer.body)).toMatchObject({ httpCode: String(status), moreInformation: '' });
    const logged = started.told('gateway-log').at(-1)?.text ?? '';
    expect(logged.startsWith(`${error}: `)).toBe(error !== null);
  });
});
