import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { EditedText } from './edited-text.ts';

/** A localStorage for node: a map, or one that refuses everything. */
function storage(): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
}

const forbidden = {
  getItem: () => {
    throw new DOMException('denied', 'SecurityError');
  },
};

let id: string;
let start: string;
let solution: string;
beforeEach(() => {
  vi.stubGlobal('localStorage', storage());
  [id, start, solution] = [randomUUID(), `start ${randomUUID()}`, `solution ${randomUUID()}`];
});
afterEach(() => vi.unstubAllGlobals());

describe('the text of an editor', () => {
  test('edits survive a reload', () => {
    new EditedText(id, start, null).type('mine');
    expect(new EditedText(id, start, null).text).toBe('mine');
  });

  test('an edit in one editor is not seen in another', () => {
    new EditedText(id, start, null).type('mine');
    expect(new EditedText(`${id}x`, start, null).text).toBe(start);
  });

  test('reset brings the start back, and undo brings the edit back', () => {
    const text = new EditedText(id, start, null);
    text.type('mine');
    text.reset();
    expect([text.text, text.changed, text.undoable]).toEqual([start, false, 'reset']);
    text.undo();
    expect([text.text, text.changed, text.undoable]).toEqual(['mine', true, null]);
    expect(new EditedText(id, start, null).text).toBe('mine');
  });

  test('the solution comes on request only, and can be taken back', () => {
    const text = new EditedText(id, start, solution);
    expect(text.text).toBe(start);
    text.showSolution();
    expect([text.text, text.undoable]).toEqual([solution, 'solution']);
    text.undo();
    expect(text.text).toBe(start);
  });

  test('typing after a reset makes it final', () => {
    const text = new EditedText(id, start, null);
    text.type('mine');
    text.reset();
    text.type('other');
    text.undo();
    expect(text.text).toBe('other');
  });

  test('a reset of an unchanged text is no step to take back', () => {
    const text = new EditedText(id, start, null);
    text.reset();
    expect(text.undoable).toBeNull();
  });

  test.each([
    ['forbidden', forbidden],
    ['absent', undefined],
  ])('with storage %s the editor works, and forgets', (_, absent) => {
    vi.stubGlobal('localStorage', absent);
    const text = new EditedText(id, start, solution);
    text.type('mine');
    text.reset();
    text.undo();
    expect(text.text).toBe('mine');
    expect(new EditedText(id, start, null).text).toBe(start);
  });
});
