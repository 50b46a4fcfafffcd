import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { buildEmbed } from './embed.ts';

/** Bytes after gzip that come into a foreign page: at once, and with the first run. */
const MOST = { atOnce: 10_000, withRun: 20_000 };

let folder: string;
let files: string[];
beforeAll(async () => {
  // As in a build; else Lit comes with its warnings for developers.
  vi.stubEnv('NODE_ENV', 'production');
  folder = mkdtempSync(join(tmpdir(), 'embed-'));
  await buildEmbed(folder);
  files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.includes('.'));
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});
const read = (file: string) => readFileSync(join(folder, file), 'utf8');

test('its name stays, and what it fetches later has its hash', () => {
  expect(files).toContain('embed.js');
  for (const file of files)
    if (file !== 'embed.js') expect(file).toMatch(/^_astro\/embed-[\w.-]+\.[\w-]{8}\.js$/);
});

test('it is small, the first part and all together', () => {
  const sizes = files.map((file) => [file, gzipSync(read(file)).length] as const);
  const sum = sizes.reduce((total, [, size]) => total + size, 0);
  expect(sum, JSON.stringify(sizes)).toBeLessThanOrEqual(MOST.withRun);
  expect(gzipSync(read('embed.js')).length).toBeLessThanOrEqual(MOST.atOnce);
});

test('what it fetches it names from its own place, so that no host page is asked for it', () => {
  const imports = files.flatMap((file) =>
    [...read(file).matchAll(/(?:import\(|from|import)\s*["'`]([^"'`]+)["'`]/g)].map(([, path = '']) => path),
  );
  expect(imports.length).toBeGreaterThan(0);
  for (const path of imports) expect(path).toMatch(/^\.\.?\//);
});
