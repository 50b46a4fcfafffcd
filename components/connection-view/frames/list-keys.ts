// The keys that walk a list, as in a list box.

/** The place to go to from `at` (-1 for none), or `null` for a key that is not the list's. `page` is how many rows are on the screen. */
export function placeAfter(key: string, at: number, count: number, page: number): number | null {
  if (count === 0) return null;
  const places: Record<string, number> = {
    ArrowDown: at + 1,
    ArrowUp: at === -1 ? count - 1 : at - 1,
    Home: 0,
    End: count - 1,
    PageDown: Math.max(at, 0) + page,
    PageUp: at - page,
  };
  if (!Object.hasOwn(places, key)) return null;
  return Math.min(count - 1, Math.max(0, places[key] ?? 0));
}
