// The test function of all journeys: each worker has one lab of its own.
import { test as base } from 'playwright/test';
import { type Lab, startLab } from './server.ts';

export { expect } from 'playwright/test';

export const test = base.extend<object, { lab: Lab }>({
  lab: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from this pattern.
    async ({}, use) => {
      const lab = await startLab();
      await use(lab);
      await lab.stop();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ lab }, use) => {
    await use(lab.page);
  },
});
