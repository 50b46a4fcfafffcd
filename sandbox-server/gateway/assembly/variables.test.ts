import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createContext } from '../../gatewayscript/context/context.ts';
import { parsePath } from '../../gatewayscript/context/path.ts';
import { createTrace } from '../../gatewayscript/context/trace.ts';
import { textOf } from '../../gatewayscript/context/value.ts';
import { contextTree } from './context-tree.ts';
import { transaction } from './transaction.fixture.ts';
import { resolveText } from './variables.ts';

describe('references in a property', () => {
  it.each([
    ['http://$(host):$(port)', 'http://backend:8091'],
    ['$(api.properties.host)', 'backend'],
    ['$( host )', 'backend'],
    [
      '$(api.name) $(api.version) $(api.org.name) $(api.catalog.path) $(api.endpoint.hostname)',
      'chat 1.0.0 maple /sandbox gateway.example',
    ],
    ['$(request.headers.x-tenant)/$(message.headers.x-own)', 'one/set'],
    [
      '$(request.path)|$(request.search)|$(request.querystring)',
      '/maple/sandbox/chat|?a=1&b=%20x|a=1&b=%20x',
    ],
    ['$(request.parameters.b)', ' x'],
    ['$(request.parameters.b.values[0]) $(request.parameters["a"].locations[0])', ' x query'],
    ["$(message.headers['X-Own'])/$(message.headers[X-Own])", 'set/set'],
    ["$(nested['deep'][0])", '1'],
    ['$(request.verb) $(session.globalTransactionID) $(chosen)', 'GET f00 mine'],
    ['$(nested)', '{"deep":[1]}'],
    ['no reference, $(), $x', 'no reference, , $x'],
  ])('%s becomes %s', (text, expected) => {
    expect(resolveText(text, transaction()).text).toBe(expected);
  });

  it('names those without a value, which become empty', () => {
    expect(resolveText('a$(nowhere)b$(request.headers.none)', transaction())).toEqual({
      text: 'ab',
      missing: ['nowhere', 'request.headers.none'],
    });
  });

  it('reaches nothing that is not a variable', () => {
    for (const name of ['__proto__', 'constructor', 'api.constructor', 'host.length', 'toString']) {
      expect(resolveText(`$(${name})`, transaction()).missing).toEqual([name]);
    }
  });

  it('are what a script’s context.get reads, whatever the name', () => {
    const part = fc.constantFrom(
      ...'request message headers X-Own x-own status code api properties host nested deep 0 verb body chosen name values'.split(
        ' ',
      ),
    );
    const written = fc.constantFrom(
      (name: string) => `.${name}`,
      (name: string) => `['${name}']`,
      (name: string) => `[${name}]`,
    );
    fc.assert(
      fc.property(part, fc.array(fc.tuple(part, written), { maxLength: 3 }), (root, parts) => {
        const name = `${root}${parts.map(([each, write]) => write(each)).join('')}`;
        const { request, message, variables } = transaction();
        const value = createContext({ request, message, variables }, createTrace(0)).get(
          parsePath(name, name),
          null,
        );
        const text =
          value instanceof Uint8Array
            ? textOf(value)
            : typeof value === 'string'
              ? value
              : JSON.stringify(value ?? '');
        fc.pre(!(typeof value === 'object' && JSON.stringify(value).includes('"body"')));
        expect(resolveText(`$(${name})`, transaction()).text).toBe(
          value === undefined || value === null ? '' : text,
        );
      }),
    );
  });

  it('give a body that nothing has parsed as the text that it is, in what holds it too', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (body) => {
        // As it comes from the wire: a Buffer, which would write itself as numbers.
        const bytes = Buffer.from(body);
        const text = bytes.toString();
        const { request, message, ...rest } = transaction();
        const posted = {
          ...rest,
          request: { ...request, body: bytes },
          message: { ...message, body: bytes },
        };
        expect(resolveText('$(request.body)$(message.body)', posted).text).toBe(text + text);
        expect(JSON.parse(resolveText('$(message)', posted).text)).toMatchObject({ body: text });
        expect(contextTree(posted)).toMatchObject({ request: { body: text }, message: { body: text } });
      }),
    );
  });

  it('never reads a reference out of a request’s own text', () => {
    fc.assert(
      fc.property(
        fc.string().map((text) => text.trim()),
        (value) => {
          const text = `${value}$(host)`;
          expect(resolveText('$(request.headers.X-Tenant)', transaction('/', text)).text).toBe(text.trim());
        },
      ),
    );
  });
});
