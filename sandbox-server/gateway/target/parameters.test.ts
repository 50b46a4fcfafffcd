import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withEncodedPlus, withParameters, writtenParameter } from './parameters.ts';

const url = new URL('http://backend:8091/chat?own=1');

/** A query as a client writes it: names and values encoded, some spaces as +. */
const query = fc.array(fc.tuple(fc.string({ minLength: 1, maxLength: 8 }), fc.string({ maxLength: 8 })), {
  maxLength: 5,
});
const written = (pairs: [string, string][]) => new URLSearchParams(pairs).toString();

describe('the query parameters on their way to the target', () => {
  it('pass in their order and notation, behind the target’s own', () => {
    fc.assert(
      fc.property(query, (pairs) => {
        const text = written(pairs);
        expect(withParameters(url, `/path?${text}`, () => true).search).toBe(
          ['?own=1', text].filter(Boolean).join('&'),
        );
      }),
    );
  });

  it('are controlled by their decoded names', () => {
    expect(withParameters(url, '/path?%61=1&b=2', (name) => name !== 'a').search).toBe('?own=1&b=2');
  });

  it('a value is found as it was written, whatever stands around it', () => {
    fc.assert(
      fc.property(query, query, fc.string({ minLength: 1 }), fc.string(), (before, after, name, value) => {
        const others = before.filter(([other]) => other !== name);
        const pair = written([[name, value]]);
        const path = `/path?${[written(others), pair, written(after)].filter(Boolean).join('&')}`;
        expect(writtenParameter(path, name)).toBe(pair.slice(pair.indexOf('=') + 1));
      }),
    );
    expect(writtenParameter('/path?a=b=c', 'a')).toBe('b=c');
    expect(writtenParameter('/path?a', 'a')).toBe('');
    expect(writtenParameter('/path', 'a')).toBeUndefined();
  });

  it('with their + encoded have the same values for a server that takes + for itself', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', '+', '%20', '%2B', '=', '&')), (parts) => {
        const given = new URL(`http://backend:8091/a+b?${parts.join('')}`);
        const encoded = withEncodedPlus(given);
        expect(encoded.search).not.toContain('+');
        expect(decodeURIComponent(encoded.search)).toBe(decodeURIComponent(given.search));
        expect(encoded.pathname).toBe('/a+b');
      }),
    );
  });
});
