import { readdirSync, readFileSync } from 'node:fs';
import type { StarlightRouteData } from '@astrojs/starlight/route-data';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { isStepId } from '../../components/progress/progress-document.ts';
import { RENAMED } from '../../components/progress/renamed-steps.ts';
import { type DocsPage, goalOf, partsOf, withSteps } from './parts.ts';

type Entry = StarlightRouteData['sidebar'][number];

function link(href: string): Entry {
  return { type: 'link', label: href, href, isCurrent: false, badge: undefined, attrs: {} };
}

function group(label: string, entries: Entry[]): Entry {
  return { type: 'group', label, entries, collapsed: false, badge: undefined };
}

function page(id: string, step?: string): DocsPage {
  return { id, data: { title: `Title of ${id}`, description: `Goal of ${id}`, step } };
}

describe('the parts of the tutorial', () => {
  test('are the groups of the sidebar, in its order, with their steps alone', () => {
    const sidebar = [
      link('/welcome/'),
      group('Second folder', [link('/b/02/'), link('/b/about/'), group('Within', [link('/b/01/')])]),
      group('Looked up', [link('/reference/')]),
      group('First folder', [link('/a/01/')]),
    ];
    const pages = [
      page('a/01', 'one'),
      page('b/01', 'two'),
      page('b/02', 'three'),
      page('b/about'),
      page('reference'),
    ];
    expect(partsOf(sidebar, pages).map(({ title, steps }) => [title, ...steps.map(({ id }) => id)])).toEqual([
      ['Second folder', 'three', 'two'],
      ['First folder', 'one'],
    ]);
  });

  test('a step that the sidebar does not list comes last, in the part of its folder', () => {
    const parts = partsOf(
      [group('A', [link('/a/01/')])],
      [
        page('exercises/wrong-origin', 'wrong-origin'),
        page('exercises/broadcast', 'broadcast'),
        page('a/01', 'one'),
      ],
    );
    expect(parts.map(({ title, steps }) => [title, ...steps.map(({ path }) => path)])).toEqual([
      ['A', '/a/01/'],
      ['Exercises', '/exercises/broadcast/', '/exercises/wrong-origin/'],
    ]);
  });

  test('two pages with one step stop the build, and both are named', () => {
    const twice = [page('a/01', 'same'), page('b/01', 'same')];
    expect(() => partsOf([], twice)).toThrow(/step same from two pages, a\/01 and b\/01/);
  });
});

test('a list of goals leaves out the words that all of them begin with', () => {
  const step = { id: 'x', title: 'X', path: '/x/' };
  const goal = 'You will be able to start the server, and to talk to it directly.';
  expect(goalOf({ ...step, description: goal })).toBe('Start the server, and talk to it directly.');
  expect(goalOf({ ...step, description: '' })).toBe('');
});

test('a renamed page keeps its step, and each link to a step carries its id', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 2, maxLength: 9 }),
      (names) => {
        const [renamed, ...others] = names;
        const pages = [page(`new/${renamed}`, 'stays'), ...others.map((name) => page(`x/${name}`))];
        const sidebar = withSteps(
          [
            group(
              'All',
              pages.map(({ id }) => link(`/${id}/`)),
            ),
          ],
          pages,
        );
        const links = sidebar.flatMap((entry) => (entry.type === 'group' ? entry.entries : []));
        expect(links.map((entry) => (entry.type === 'link' ? entry.attrs : null))).toEqual([
          { 'data-lab-step': 'stays' },
          ...others.map(() => ({})),
        ]);
      },
    ),
  );
});

describe('the pages of this site', () => {
  const root = new URL('../content/docs/', import.meta.url).pathname;
  const frontmatter = z.looseObject({ step: z.string().optional() });
  const pages = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('/index.mdx'))
    .map((file) => {
      const [, head = ''] = readFileSync(`${root}${file}`, 'utf8').split(/^---$/m);
      return { folder: file.slice(0, -'/index.mdx'.length), step: frontmatter.parse(parse(head)).step };
    });

  test('every lesson and every exercise has a step, and no other page has one', () => {
    for (const { folder, step } of pages) {
      const isStep = /^(websocket-upgrade|gatewayscript|exercises)\/[^/]+$/.test(folder);
      expect(step === undefined ? 'no step' : 'a step', folder).toBe(isStep ? 'a step' : 'no step');
      if (step !== undefined) expect(isStepId(step), step).toBe(true);
    }
  });

  test('no two have the same step', () => {
    const steps = pages.flatMap(({ step }) => step ?? []);
    expect(steps.toSorted()).toEqual([...new Set(steps)].toSorted());
    expect(steps.length).toBeGreaterThanOrEqual(11);
  });

  test('a renamed step leads to one that is there, and its old id is not used again', () => {
    const steps = new Set(pages.map(({ step }) => step));
    for (const [before, today] of Object.entries(RENAMED)) {
      expect(steps.has(today), today).toBe(true);
      expect(steps.has(before), before).toBe(false);
    }
  });
});
