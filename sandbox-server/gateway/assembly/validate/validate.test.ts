import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { compileDefinition } from '../../definition/compile.ts';
import {
  definitionText,
  handshakeScript,
  type StartedGateway,
  scriptPolicy,
  startGateway,
  upgradePolicy,
} from '../../started-gateway.fixture.ts';
import { ask } from '../plain-request.fixture.ts';

const word = () => `w${randomBytes(6).toString('hex')}`;
const order = `{type: object, required: [name], properties: {name: {type: string, minLength: 3}, count: {type: integer, default: 7}, more: {$ref: '#/REF/order'}}}`;
const openapi2 = (policies: string) =>
  `${definitionText('/one', policies).replace(
    'post: {}',
    "post: {parameters: [{$ref: '#/parameters/order'}], responses: {'200': {schema: {$ref: '#/definitions/order'}}}}",
  )}\nparameters: {order: {in: body, name: b, schema: {$ref: '#/definitions/order'}}}\ndefinitions:\n  order: ${order.replace('REF', 'definitions')}\n`;
const openapi3 = (policies: string) =>
  `${definitionText('/one', policies)
    .replace("swagger: '2.0'", 'openapi: 3.0.3')
    .replace('basePath: /one', 'servers: [{url: /one}]')
    .replace(/schemes: .*\n/, '')
    .replace(
      'post: {}',
      "post: {requestBody: {content: {text/plain: {}, application/json: {schema: {$ref: '#/components/schemas/order'}}}}, responses: {default: {content: {application/json: {schema: {$ref: '#/components/schemas/order'}}}}}}",
    )}\ncomponents: {schemas: {order: ${order.replace('REF', 'components/schemas')}}}\n`;
const validating = (more: string[], before = '- parse:\n    version: 2.0.0') =>
  `${before}\n- validate:\n    version: 2.7.0\n${more.map((line) => `    ${line}`).join('\n')}`;

let lab: StartedGateway;
beforeEach(async () => {
  lab = await startGateway();
});
afterEach(async () => {
  await lab.close();
  expect(lab.faults).toEqual([]);
});

const post = (body: unknown) =>
  ask(lab, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) });

describe.each([
  ['OpenAPI 2', openapi2],
  ['OpenAPI 3', openapi3],
])('validate with %s', (version, definition) => {
  it.each([
    [`definition: '#/${version === 'OpenAPI 2' ? 'definitions' : 'components/schemas'}/order'`, 'definition'],
    ['definition: order', 'definition'],
    ['', 'body-param'],
    ['', 'response-param'],
  ])('%s %s: what fits goes on, what does not is 422', async (line, against) => {
    lab.deploy(definition(validating([`validate-against: ${against}`, ...(line ? [line] : [])])));
    const good = { name: word(), more: { name: word() } };
    const passed = await post(good);
    expect([passed.status, JSON.parse(passed.body)]).toEqual([200, good]);
    const refused = await post({ name: word(), more: { name: 'x' } });
    expect([refused.status, JSON.parse(refused.body)]).toEqual([
      422,
      {
        httpCode: '422',
        httpMessage: 'Unprocessable Entity',
        moreInformation: '/more/name must NOT have fewer than 3 characters',
      },
    ]);
    expect(lab.told('gateway-log').at(-1)?.text).toMatch(/^ValidateError: \/more\/name /);
  });
});

describe('validate', () => {
  it('gives the defaults of the schema to its output, and leaves its input as it is', async () => {
    const script = scriptPolicy("context.message.header.set('X-Count', context.get('checked.body').count);");
    const policy = validating(['validate-against: definition', 'definition: order', 'output: checked']);
    lab.deploy(openapi2(`${policy}\n${script}`));
    const body = { name: word() };
    const answer = await post(body);
    expect([answer.headers['x-count'], JSON.parse(answer.body)]).toEqual(['7', body]);
  });

  it.each([
    [
      'a body that was not parsed',
      '- log:\n    version: 2.0.0',
      '{"name":"abc"}',
      422,
      'put a parse policy before',
    ],
    ['no body', '- parse:\n    version: 2.0.0', '', 422, 'is empty'],
  ])('refuses %s, and says so', async (_, before, body, status, why) => {
    const policy = validating(
      ['validate-against: definition', 'definition: order'],
      before.includes('log') ? '' : before,
    );
    lab.deploy(openapi2(policy.trimStart()));
    expect((await post(body)).status).toBe(status);
    expect(lab.told('gateway-log').at(-1)?.text).toContain(why);
  });

  it('an operation without a body parameter cannot be validated against one', async () => {
    lab.deploy(definitionText('/one', validating(['validate-against: body-param'])));
    expect((await post({})).status).toBe(500);
    expect(lab.told('gateway-log').at(-1)?.text).toBe(
      'RuntimeError: POST / has no body parameter with a schema',
    );
  });
});

describe('validate in front of a handshake', () => {
  /** A message of its own is checked, since a handshake has no body: here the query, as a script reads it. */
  const reading = scriptPolicy(
    `context.createMessage('ticket').body.write({ name: context.get('request.parameters.ticket.values[0]') || '' });`,
  );
  it.each([
    ['websocket-upgrade', upgradePolicy()],
    ['a scripted 101', scriptPolicy(handshakeScript())],
  ])('%s: a handshake is accepted and refused as it should be', async (_, last) => {
    const policy = validating(
      ['validate-against: definition', 'definition: order', 'input: ticket'],
      reading,
    );
    lab.deploy(openapi2(`${policy}\n${last}`));
    const socket = lab.connect(`/maple/sandbox/one?ticket=${word()}`);
    await once(socket, 'open');
    const refused = lab.connect('/maple/sandbox/one?ticket=x');
    const [, response] = await once(refused, 'unexpected-response');
    expect(response.statusCode).toBe(422);
    response.resume();
    socket.terminate();
    await lab.tells('connection-closed');
  });
});

it.each([
  [
    'no schema of that name',
    ['validate-against: definition', 'definition: ordr'],
    'error',
    'there is no schema ordr',
  ],
  ['no schema at all', ['validate-against: definition'], 'error', 'needs definition'],
  ['another mechanism', ['validate-against: wsdl'], 'warning', 'wsdl'],
  ['a mechanism that there is not', ['validate-against: xsd'], 'error', 'validate-against'],
])('deployment tells %s', (_, lines, severity, text) => {
  const { diagnostics } = compileDefinition(openapi2(validating(lines)), 'one');
  expect(diagnostics.filter(({ path }) => path.includes('validate'))).toMatchObject([
    { severity, message: expect.stringContaining(text) },
  ]);
});

it('deployment tells a schema that cannot be used', () => {
  const text = openapi2(validating(['validate-against: definition', 'definition: order'])).replace(
    'minLength: 3',
    "pattern: '(?=x)'",
  );
  const { definition, diagnostics } = compileDefinition(text, 'one');
  expect([definition, diagnostics.at(-1)]).toMatchObject([
    null,
    { rule: 'validate-schema', message: expect.stringContaining('(?=x)') },
  ]);
});
