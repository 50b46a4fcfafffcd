import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Control, readControl } from './control.ts';

function control(...[property]: Parameters<typeof readControl>): Control {
  const reading = readControl(property);
  if ('fault' in reading) throw new Error(reading.fault);
  return reading.control;
}

describe('header-control and parameter-control', () => {
  it('lets all names through where there is none', () => {
    fc.assert(fc.property(fc.string(), (name) => control(undefined)(name) && control(null)(name)));
  });

  it('blocks or allows by pattern, without case, anywhere in the name', () => {
    const values = ['^x-', 'cookie$'];
    const names = ['X-Own', 'Set-Cookie', 'my-x-one', 'Host'];
    expect(names.filter(control({ type: 'blocklist', values }))).toEqual(['my-x-one', 'Host']);
    expect(names.filter(control({ type: 'allowlist', values }))).toEqual(['X-Own', 'Set-Cookie']);
  });

  it('an empty blocklist passes everything, an empty allowlist nothing', () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        expect(control({ type: 'blacklist', values: [] })(name)).toBe(true);
        expect(control({ type: 'whitelist', values: [] })(name)).toBe(false);
      }),
    );
  });

  it('matches a pattern made to explode in linear time', () => {
    const passes = control({ type: 'blocklist', values: ['^(a+)+$', '^(a|a)*b$'] });
    const startedAt = performance.now();
    expect(passes(`${'a'.repeat(10_000)}!`)).toBe(true);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  });

  it('names a pattern that it cannot use', () => {
    for (const pattern of ['(', '(?=a)', '\\1', '[z-a]']) {
      expect(readControl({ type: 'blocklist', values: ['ok', pattern] })).toEqual({
        fault: expect.stringContaining(JSON.stringify(pattern)),
      });
    }
    expect(readControl({ type: 'blocklist', values: Array(101).fill('a') })).toHaveProperty('fault');
  });
});
