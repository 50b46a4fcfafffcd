// The browser journeys: the built product in a real Chromium, on free ports.
import { defineConfig, devices } from 'playwright/test';
import { launchOptions } from './scripts/setup/chromium.mjs';

const executablePath = process.env.CHROMIUM;

export default defineConfig({
  testDir: 'e2e',
  fullyParallel: true,
  workers: 2,
  // A test that needs a second try is a failure to look into, so there is none.
  retries: 0,
  // What is waited for may come late on a busy machine.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: Boolean(process.env.CI),
  use: {
    ...devices['Desktop Chrome'],
    launchOptions: { ...launchOptions, ...(executablePath ? { executablePath } : {}) },
    trace: 'retain-on-failure',
  },
});
