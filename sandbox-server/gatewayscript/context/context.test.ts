// The variables of a run: what each name gives, what may be written, and what stays as it was.
import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { sampleJob } from '../sample-job.ts';
import { createContext } from './context.ts';
import { start } from './started-context.fixture.ts';
import { createTrace } from './trace.ts';

describe('request.*', () => {
  const { get } = start({
    method: 'POST',
    path: '/org/cat/a%20b?Name=Foo&x=1&Name=Bar&__proto__=z',
    headers: [
      ['Host', 'h'],
      ['X-A', '1'],
      ['content-type', 'text/plain'],
      ['x-a', '2'],
      ['Authorization', 'Basic Zm9v'],
      ['Date', 'today'],
    ],
    body: 'héllo',
  });

  test.each<[string, unknown]>([
    ['request.verb', 'POST'],
    ['request.uri', '/org/cat/a%20b?Name=Foo&x=1&Name=Bar&__proto__=z'],
    ['request.path', '/org/cat/a%20b'],
    ['request.search', '?Name=Foo&x=1&Name=Bar&__proto__=z'],
    ['request.querystring', 'Name=Foo&x=1&Name=Bar&__proto__=z'],
    ['request.headers.HOST', 'h'],
    ['request.headers.x-A', '1, 2'],
    [
      'request.headers',
      { Host: 'h', 'X-A': '1, 2', 'content-type': 'text/plain', Authorization: 'Basic Zm9v', Date: 'today' },
    ],
    ['request.content-type', 'text/plain'],
    ['request.authorization', 'Basic Zm9v'],
    ['request.date', 'today'],
    [
      'request.parameters',
      { Name: { locations: ['query'], values: ['Foo', 'Bar'] }, x: { locations: ['query'], values: ['1'] } },
    ],
    ['request.parameters.Name.values[1]', 'Bar'],
    ['request.nothing', undefined],
    ['request.headers.Nope', undefined],
    ['request.verb.length', undefined],
  ])('%s', (name, value) => {
    expect(get(name)).toEqual(value);
  });

  test('has the parts of the path that the operation names among its parameters, as they were written', () => {
    const [name, value] = [`n${randomUUID()}`, `${randomUUID()}%20`];
    const job = sampleJob('', { path: `/a/${value}?${name}=query&x=1` });
    const request = {
      ...job.request,
      pathParameters: [
        [name, value],
        ['__proto__', 'z'],
      ] as const,
    };
    const context = createContext({ ...job, request }, createTrace(1));
    expect(context.get(['request', 'parameters'], null)).toEqual({
      [name]: { locations: ['path'], values: [value] },
      x: { locations: ['query'], values: ['1'] },
    });
  });

  test('without query and body has empty texts and no body', () => {
    const { get: read } = start({ path: '/p' });
    expect([
      read('request.search'),
      read('request.querystring'),
      read('request.body'),
      read('request.parameters'),
    ]).toEqual(['', '', undefined, {}]);
  });

  test('cannot be written, nor can what the API and its client are', () => {
    const {
      set,
      clear,
      get: read,
    } = start({ variables: { api: { name: 'a', properties: { colour: 'red' } } } });
    for (const name of [
      'request.verb',
      'request.headers.Host',
      'request',
      'api.name',
      'client.app.id',
      'plan.name',
      'system.datetime',
      'api.properties.colour',
    ]) {
      expect(() => set(name, 'x')).toThrow(`set: \`${name}\` is read-only; a script cannot change it`);
      expect(() => clear(name)).toThrow(`clear: \`${name}\` is read-only; a script cannot change it`);
    }
    expect(() => set('colour', 'blue')).toThrow('`api.properties.colour` is read-only');
    expect(read('colour')).toBe('red');
  });
});

describe('message.*', () => {
  test('starts as the request’s copy, and never changes the request', () => {
    const { get, set } = start({ headers: [['X-One', 'a']], body: 'b' });
    expect(get('message.headers.x-one')).toBe('a');
    set('message.headers.x-one', 'changed');
    set('message.body', 'changed');
    expect([get('request.headers.X-One'), String(get('request.body'))]).toEqual(['a', 'b']);
    expect([get('message.headers.X-ONE'), get('message.body')]).toEqual(['changed', 'changed']);
  });

  test('takes a status as number, digits, or code and reason', () => {
    for (const [value, status] of [
      [302, { code: 302, reason: 'Found' }],
      ['403', { code: 403, reason: 'Forbidden' }],
      ['501 Custom Error', { code: 501, reason: 'Custom Error' }],
      [599, { code: 599, reason: '' }],
    ] as const) {
      const { set, get, result } = start();
      expect(get('message.status.code')).toBeUndefined();
      set('message.status.code', value);
      expect(get('message.status.code')).toBe(status.code);
      expect(result().message.status).toEqual(status);
    }
  });

  test('a reason of its own outlasts a new code', () => {
    const { set, result } = start();
    set('message.status.code', 200);
    set('message.status.reason', 'Fine');
    set('message.status.code', 201);
    expect(result().message.status).toEqual({ code: 201, reason: 'Fine' });
  });

  test.each([99, 600, 200.5, -1, '2xx', '', null, true, {}, '200\r\nX: y', Number.NaN])(
    'refuses the status %s',
    (value) => {
      expect(() => start().set('message.status.code', value)).toThrow(
        /^set: the status .* is not valid; expected 100 to 599/,
      );
    },
  );

  test.each(['a\r\nb', 'a\nb', 'a\0b', 'snow ☃'])('refuses the header value %j', (value) => {
    expect(() => start().set('message.headers.X', value)).toThrow(
      /^set: the value .* of header `X` holds a line break or another character/,
    );
  });

  test.each(['a b', 'a:b', 'a\nb', '', 'é'])('refuses the header name %j', (name) => {
    expect(() => start().set(`message.headers['${name}']`, 'v')).toThrow(/is no header name/);
  });

  test('a header of several values stands several times; what fails changes nothing', () => {
    const { set, result, get } = start({
      headers: [
        ['A', '1'],
        ['B', '2'],
      ],
    });
    set('message.headers.a', ['x', 7]);
    expect(() => set('message.headers', { C: 'fine', D: 'not\nfine' })).toThrow('header `D`');
    expect(result().message.headers.map(({ name, value }) => `${name}=${value}`)).toEqual([
      'a=x',
      'a=7',
      'B=2',
    ]);
    expect(get('message.headers.A')).toBe('x, 7');
    expect(() => set('message.headers.E', undefined)).toThrow(
      'the value of header `E` is undefined; expected a string or a number',
    );
  });

  test('reaches into a body only where an object was stored', () => {
    const { get, set, result } = start({ body: '{"uid": 1}' });
    expect(get('message.body.uid')).toBeUndefined();
    set('message.body', { uid: 7, list: [{ a: 1 }] });
    expect([get('message.body.uid'), get('message.body.list[0].a')]).toEqual([7, 1]);
    set('message.body.list[1]', 'second');
    expect(String(Buffer.from(result().message.body))).toBe('{"uid":7,"list":[{"a":1},"second"]}');
    expect(result().message.bodyOrigin).toBe('policy');
  });

  test('a body that was left as a tree is one for the next policy, and its text goes on the wire', () => {
    const id = randomUUID();
    const first = start({ body: 'x' });
    first.set('message.body', { id, list: [1] });
    first.set('message.body.bytes', new TextEncoder().encode('ä'));
    const { message } = first.result();
    expect(message.parsed).toEqual({ id, list: [1], bytes: 'ä' });
    expect(JSON.parse(Buffer.from(message.body).toString())).toEqual(message.parsed);

    const second = start({ body: message.body, ...(message.parsed && { parsed: message.parsed }) });
    expect(second.get('message.body.id')).toBe(id);
    expect(second.get('message.body.list[0]')).toBe(1);
    second.set('message.body', 'text');
    expect(second.result().message).not.toHaveProperty('parsed');
    expect(start({ body: '{"a":1}' }).result().message).not.toHaveProperty('parsed');
  });

  test('is cleared part by part', () => {
    const { set, clear, result } = start({
      headers: [
        ['A', '1'],
        ['B', '2'],
      ],
      body: 'x',
    });
    set('message.status.code', 404);
    for (const name of ['message.headers.a', 'message.body', 'message.status']) clear(name);
    expect(result().message).toEqual({
      status: null,
      headers: [{ name: 'B', value: '2', origin: 'request' }],
      body: new Uint8Array(),
      bodyOrigin: 'policy',
    });
  });
});
