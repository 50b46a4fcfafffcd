import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createConnections } from './connections.ts';

const idle = { shutDown() {}, destroy() {} };

describe('the count of open connections', () => {
  it('never goes over a limit, and a refusal or a second release costs nothing', () => {
    const step = fc.record({ organization: fc.constantFrom('a', 'b', 'c'), release: fc.option(fc.nat(30)) });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const connections = createConnections({ total: 5, perOrganization: 3 });
        const open: { organization: string; release: () => void; done: boolean }[] = [];
        for (const { organization, release } of steps) {
          const known = open[release ?? 0];
          if (release !== null && known) {
            known.release();
            known.done = true;
          } else {
            const before = open.filter(({ done }) => !done);
            const own = before.filter((entry) => entry.organization === organization);
            const released = connections.open(organization, { ...idle });
            expect(released !== null).toBe(before.length < 5 && own.length < 3);
            if (released) open.push({ organization, release: released, done: false });
          }
          const left = open.filter(({ done }) => !done);
          expect(connections.total()).toBe(left.length);
          expect(connections.of('a')).toBe(left.filter(({ organization }) => organization === 'a').length);
        }
      }),
    );
  });

  it('takes another limit for an organization that brings its own', () => {
    const connections = createConnections({ total: 10, perOrganization: 1 });
    expect(connections.open('demo', { ...idle }, 2)).not.toBeNull();
    expect(connections.open('demo', { ...idle }, 2)).not.toBeNull();
    expect(connections.open('demo', { ...idle }, 2)).toBeNull();
  });

  it('shuts all down at once, and destroys those that stay', async () => {
    const connections = createConnections({ total: 10, perOrganization: 10 });
    const told: string[] = [];
    const polite = { shutDown: () => release?.(), destroy: () => told.push('polite destroyed') };
    const stubborn = { shutDown: () => told.push('asked'), destroy: () => told.push('destroyed') };
    const release = connections.open('a', polite);
    connections.open('a', stubborn);
    await connections.close(20);
    expect(told).toEqual(['asked', 'destroyed']);
    expect(connections.open('a', idle)).toBeNull();
  });
});
