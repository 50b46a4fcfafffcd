// Steps whose id has changed: what was kept under the old id counts for the new one.

/** Old id to the id of today. An entry is never taken out again: somebody may come back after years. */
export const RENAMED: Readonly<Record<string, string>> = {};
