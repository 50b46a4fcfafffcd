// Security and plan limits in real traffic: a ws client over TLS, and the gateway's whole way from route to 101.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { exchangeRaw } from './raw-client.fixture.ts';
import {
  definitionText,
  handshakeScript,
  type StartedGateway,
  scriptPolicy,
  startGateway,
} from './started-gateway.fixture.ts';

const read = (file: string) => readFileSync(new URL(`plans/${file}`, import.meta.url), 'utf8');
const definition = read('websocket-secured.fixture.yaml');
const product = read('websocket-product.fixture.yaml');
const secured = '/maple/sandbox/websocket-secured';
const trial = `${secured}?client_id=trial-client-id`;

/** 20 s into a minute. */
const start = Date.UTC(2026, 0, 1, 12, 0, 20);
let time = start;
let lab: StartedGateway;
beforeAll(async () => {
  lab = await startGateway({ now: () => time });
});
afterAll(async () => {
  await lab.close();
  expect(lab.faults).toEqual([]);
});
beforeEach(() => {
  time = start;
  lab.deploy(definition);
  lab.deployProduct(product);
  lab.events.length = 0;
});

/** How a handshake ends: its status, its headers of limits, and what the client reads. */
async function handshake(path: string, headers: Record<string, string> = {}) {
  const socket = lab.connect(path, [], { headers });
  socket.on('error', () => {});
  return new Promise<{
    status: number;
    limits: string[];
    more: string | null;
    head: Record<string, unknown>;
  }>((resolve) => {
    socket.once('upgrade', ({ headers: head }) => {
      socket.once('open', () => socket.terminate());
      resolve({ status: 101, limits: limitsOf(head), more: null, head });
    });
    socket.once('unexpected-response', async (_, response) => {
      let body = '';
      for await (const chunk of response) body += chunk;
      const { httpCode, moreInformation } = JSON.parse(body);
      expect(httpCode).toBe(String(response.statusCode));
      const { headers: head, statusCode: status = 0 } = response;
      resolve({ status, limits: limitsOf(head), more: moreInformation, head });
    });
  });
}

function limitsOf(head: Record<string, unknown>): string[] {
  return ['x-ratelimit-limit', 'x-ratelimit-remaining', 'x-ratelimit-reset'].flatMap((name) =>
    head[name] === undefined ? [] : [`${name.slice(12)} ${head[name]}`],
  );
}

const wrongKey = 'Invalid client id or secret.';
const wrongSecurity =
  'Cannot pass the security checks that are required by the target API or operation, Enable debug headers for more details.';

describe('a handshake for an API that asks for a client id', () => {
  it('becomes a WebSocket with the id of an application, and the log says whose it is', async () => {
    const socket = lab.connect(trial);
    const [welcome] = await once(socket, 'message');
    expect(String(welcome)).toBe('Welcome to the WebSocket server!');
    socket.terminate();
    expect(lab.told('security-checked')).toEqual([
      {
        type: 'security-checked',
        passed: true,
        scheme: 'client-id',
        application: 'trial',
        plan: 'bronze',
        message: null,
      },
    ]);
    const types = lab.events.map(({ event }) => event.type);
    expect(types.indexOf('security-checked')).toBeGreaterThan(types.indexOf('api-matched'));
    expect(types.indexOf('security-checked')).toBeLessThan(types.indexOf('policy-started'));
  });

  it.each([
    ['without an id', secured],
    ['with an unknown id', `${secured}?client_id=${randomBytes(8).toString('hex')}`],
    ['with the id in a header instead', secured],
  ])('%s is 401, asks no target, and the log says why', async (_, path) => {
    const answer = await handshake(path, { 'X-IBM-Client-Id': 'trial-client-id' });
    expect(answer).toMatchObject({ status: 401, more: wrongKey, limits: [] });
    expect(lab.told('security-checked')).toMatchObject([
      { passed: false, message: expect.stringMatching(/^client-id: /) },
    ]);
    expect(lab.told('target-request')).toEqual([]);
    expect(lab.told('policy-started')).toEqual([]);
  });

  it('is refused before a plain request is, too', async () => {
    const raw = await exchangeRaw(lab.port, `GET ${secured} HTTP/1.1\r\nHost: a\r\n\r\n`);
    expect(raw.status).toBe(401);
    expect(raw.head).toContain('X-Global-Transaction-ID: ');
    expect(JSON.parse(raw.body)).toEqual({
      httpCode: '401',
      httpMessage: 'Unauthorized',
      moreInformation: wrongKey,
    });
  });
});

describe('the limits of a plan', () => {
  it('let as many handshakes pass in a minute as they say, each told what is left; then 429 until the next minute', async () => {
    const answers = [await handshake(trial), await handshake(trial), await handshake(trial)];
    expect(answers.map(({ status, limits }) => [status, ...limits])).toEqual(
      [2, 1, 0].map((left) => [101, 'limit name=default,3;', `remaining name=default,${left};`]),
    );
    expect(await handshake(trial)).toMatchObject({
      status: 429,
      more: 'Rate Limit exceeded',
      limits: ['limit name=default,3;', 'remaining name=default,0;', 'reset 40'],
    });
    const log = lab.told('gateway-log').filter(({ level }) => level === 'error');
    expect(log).toMatchObject([
      { text: expect.stringMatching(/trial .*default \(3\/1minute\).* bronze; .* in 40 s\.$/) },
    ]);

    time += 39_999;
    expect((await handshake(trial)).status).toBe(429);
    time += 1;
    expect(await handshake(trial)).toMatchObject({
      status: 101,
      limits: expect.arrayContaining(['remaining name=default,2;']),
    });
  });

  it('are each application’s own', async () => {
    for (let n = 0; n < 4; n += 1) await handshake(trial);
    const other = await handshake(`${secured}?client_id=client-id-of-chat`);
    expect(other).toMatchObject({
      status: 101,
      limits: ['limit name=default,1000;', 'remaining name=default,999;'],
    });
  });

  it('do not count what security refuses, and start anew with a new deployment of the product', async () => {
    for (let n = 0; n < 5; n += 1) await handshake(`${secured}?client_id=no`);
    for (let n = 0; n < 3; n += 1) expect((await handshake(trial)).status).toBe(101);
    expect((await handshake(trial)).status).toBe(429);
    lab.deployProduct(product);
    expect((await handshake(trial)).status).toBe(101);
  });

  it('refuse a burst, too, and count what it refuses against nothing', async () => {
    const bursts = product.replace('20/1second', '1/1minute');
    lab.deployProduct(bursts);
    const chat = `${secured}?client_id=client-id-of-chat`;
    expect((await handshake(chat)).status).toBe(101);
    for (let n = 0; n < 2; n += 1) {
      expect(await handshake(chat)).toMatchObject({
        status: 429,
        more: 'Rate Limit exceeded',
        limits: [
          'limit name=default,1000;name=default,1;',
          'remaining name=default,998;name=default,0;',
          'reset 40',
        ],
      });
    }
  });

  it('let a call pass where they are soft, and say so in the log', async () => {
    lab.deployProduct(product.replace('3/1minute\n        hard-limit: true', '1/1minute'));
    expect((await handshake(trial)).status).toBe(101);
    expect(lab.told('gateway-log').filter(({ level }) => level === 'warn')).toEqual([]);
    expect(await handshake(trial)).toMatchObject({
      status: 101,
      limits: ['limit name=default,1;', 'remaining name=default,0;'],
    });
    expect(lab.told('gateway-log').filter(({ level }) => level === 'warn')).toMatchObject([
      { text: expect.stringContaining('It is soft') },
    ]);
  });
});

describe('who calls', () => {
  const told = scriptPolicy(
    `var names = ['client.app.id', 'client.app.name', 'client.org.name', 'plan.id', 'plan.name', 'plan.version', 'client.app.lifecycle-state'];
context.message.body.write(JSON.stringify(names.map(function (name) { return context.get(name); })));
context.set('message.status.code', 200);`,
  );
  const key = 'securityDefinitions: {key: {type: apiKey, in: query, name: client_id}}\nsecurity: [{key: []}]';
  const ask = async (path: string) =>
    JSON.parse((await exchangeRaw(lab.port, `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`)).body);

  it('is in the context of a script once a client id has told, and not before', async () => {
    lab.deploy(definitionText('/told', told, key));
    lab.deployProduct(
      product
        .replace('name: websocket-secured:1.0.0', 'name: test:1.0.0')
        .replace('plan: bronze', 'plan: bronze\n    organization: club'),
    );
    expect(await ask('/maple/sandbox/told?client_id=trial-client-id')).toEqual([
      'trial-client-id',
      'trial',
      'club',
      'websocket-product:1.0.0:bronze',
      'bronze',
      '1.0.0',
      'PRODUCTION',
    ]);
    lab.deploy(definitionText('/told', told));
    expect(await ask('/maple/sandbox/told?client_id=trial-client-id')).toEqual([
      null,
      null,
      null,
      null,
      null,
      null,
      null,
    ]);
  });
});

describe('other security', () => {
  const api = (schemes: string, security: string) =>
    lab.deploy(
      definitionText(
        '/other',
        scriptPolicy(handshakeScript()),
        `securityDefinitions: {${schemes}}\nsecurity: ${security}`,
      ),
    );

  it('Basic lets in who is in a registry, and asks the others to say who they are', async () => {
    api('user: {type: basic}', '[{user: []}]');
    const password = randomBytes(8).toString('hex');
    lab.deployProduct(
      `product: 1.0.0\ninfo: {name: users, version: 1.0.0}\nx-lab-user-registries: {people: {ada: x${password}}}`,
    );
    const basic = (text: string) => ({ Authorization: `Basic ${Buffer.from(text).toString('base64')}` });
    const refused = await handshake('/maple/sandbox/other', basic(`ada:${password}`));
    expect(refused).toMatchObject({ status: 401, more: wrongSecurity });
    expect(refused.head['www-authenticate']).toMatch(/^Basic realm=/);
    expect(JSON.stringify(lab.told('security-checked'))).not.toContain(password);
    expect(await handshake('/maple/sandbox/other', basic(`ada:x${password}`))).toMatchObject({
      status: 101,
      limits: [],
    });
  });

  it('OAuth lets nobody in, and the log says that it is not emulated', async () => {
    api('token: {type: oauth2}', '[{token: []}]');
    const token = randomBytes(16).toString('hex');
    const answer = await handshake('/maple/sandbox/other', { Authorization: `Bearer ${token}` });
    expect(answer).toMatchObject({ status: 401, more: wrongSecurity });
    expect(lab.told('security-checked')).toMatchObject([{ message: 'token: OAuth is not emulated' }]);
  });

  it('a wrong client secret is 401 with the sentence for keys, a right one passes', async () => {
    const schemes =
      'id: {type: apiKey, in: header, name: X-IBM-Client-Id}, secret: {type: apiKey, in: header, name: X-IBM-Client-Secret}';
    api(schemes, '[{id: [], secret: []}]');
    lab.deployProduct(product.replace('name: websocket-secured:1.0.0', 'name: test:1.0.0'));
    const keys = (secret: string) => ({
      'X-IBM-Client-Id': 'trial-client-id',
      'X-IBM-Client-Secret': secret,
    });
    const wrong = randomBytes(8).toString('hex');
    expect(await handshake('/maple/sandbox/other', keys(wrong))).toMatchObject({
      status: 401,
      more: wrongKey,
    });
    expect(JSON.stringify(lab.told('security-checked'))).not.toContain(wrong);
    expect((await handshake('/maple/sandbox/other', keys('client-secret-of-trial'))).status).toBe(101);
  });

  it('none is checked where the API asks for none', async () => {
    lab.deploy(definition.replace('security:\n  - client-id: []\n', ''));
    expect(await handshake(secured)).toMatchObject({ status: 101, limits: [] });
    expect(lab.told('security-checked')).toEqual([]);
  });
});
