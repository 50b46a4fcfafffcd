import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readConfig } from '../sandbox-server/config.ts';
import { UNSUPPORTED } from '../sandbox-server/gateway/assembly/condition/called-functions.ts';
import { CONTEXT_FUNCTIONS } from '../sandbox-server/gateway/assembly/condition/context-functions.ts';

const folder = new URL('./content/docs/what-is-emulated/', import.meta.url);
/** The page and those below it, as one text. */
const page = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.mdx'))
  .map((file) => readFileSync(new URL(file, folder), 'utf8'))
  .join('\n');
const server = new URL('../sandbox-server/', import.meta.url);
const source = (file: string) => readFileSync(new URL(file, server), 'utf8');

/** The rows of all tables: what is said, and how it is known. */
const rows = [...page.matchAll(/^\| (.+) \| (.+) \|$/gm)]
  .map(([, behaviour = '', standing = '']) => ({ behaviour, standing }))
  .filter(
    ({ behaviour, standing }) =>
      behaviour !== 'Behaviour' && !behaviour.startsWith('---') && standing !== '---',
  );

test('every behaviour carries exactly one standing', () => {
  expect(rows.length).toBeGreaterThan(60);
  for (const { behaviour, standing } of rows) {
    expect(standing, behaviour).toMatch(
      /^<Standing of="(documented|seen|inferred|lab)"( source="[^"]+")? \/>$/,
    );
  }
});

test('every module that a script can require stands on the page', () => {
  const modules = readdirSync(new URL('gatewayscript/guest/modules/', server))
    .filter((file) => file.endsWith('.js'))
    .map((file) => file.slice(0, -'.js'.length));
  expect(modules).toContain('crypto');
  const missing = page.slice(page.indexOf('Not there yet:')).split('\n')[0] ?? '';
  for (const name of modules) {
    expect(page, name).toMatch(new RegExp(`\`${name}[.\`]|require\\('${name}'\\)`));
    expect(missing, `${name} is there`).not.toContain(`\`${name}\``);
  }
});

test('every host that stands for an own server is on the page', () => {
  const hosts = /SANDBOX_HOSTS[^[]*\[([^\]]+)\]/.exec(source('gateway/target/hosts.ts'))?.[1] ?? '';
  const names = [...hosts.matchAll(/'([^']+)'/g)].map(([, name = '']) => name);
  expect(names.length).toBeGreaterThan(0);
  for (const name of names) expect(page).toContain(`\`${name}\``);
});

test("the lab's own properties and their values are on the page", () => {
  const text = source('gateway/definition/properties.ts');
  const values = (name: string) =>
    [...(new RegExp(`${name} = \\[([^\\]]+)\\]`).exec(text)?.[1] ?? '').matchAll(/'([^']+)'/g)].map(
      ([, value]) => value,
    );
  expect(values('LAB_ECHO')).toEqual(['upgrade', 'none']);
  expect(values('LAB_ATTACH')).toEqual(['none', 'uppercase']);
  for (const said of ['`lab-echo: none`', '`lab-attach: uppercase`']) expect(page).toContain(said);
});

test('every function of a condition is on the page, and every one of JSONata that API Connect leaves out', () => {
  for (const { name } of CONTEXT_FUNCTIONS) expect(page).toContain(`\`$${name}`);
  for (const name of UNSUPPORTED) expect(page).toContain(`\`$${name}\``);
});

test('a number on the page is the default of its setting', () => {
  const config = readConfig({});
  const mib = (bytes: number) => `${bytes / 1_048_576} MiB`;
  const count = (value: number) => value.toLocaleString('en-US');
  const said = [
    `${config.SANDBOX_TTL_HOURS} hours after its last use`,
    `room for ${count(config.DEMO_MAX_CONNECTIONS)} connections`,
    `head has ${count(config.HEAD_MAX_BYTES)} bytes and ${config.HEAD_TIMEOUT_SECONDS} seconds at most`,
    `its body ${mib(config.BODY_MAX_BYTES)} (413)`,
    `over ${config.DEFINITION_MAX_BYTES / 1_024} KiB is refused at the line that passes the limit; a body over ${mib(config.DEFINITION_BODY_MAX_BYTES)}`,
    `waits up to ${config.FIRST_USE_SECONDS} seconds until what it had deployed`,
    `more than ${mib(config.GATEWAY_MAX_WAITING_BYTES)} wait in all connections`,
    `a message over ${mib(config.MESSAGE_MAX_BYTES)} with 1009`,
    `at most ${config.MESSAGE_EVENTS_PER_SECOND} events a second`,
    `up to ${count(config.EVENT_PAYLOAD_BYTES)} bytes of each`,
    `the first ${config.EVENT_FRAMES_UNWATCHED} frames of a direction`,
    `at most ${count(config.EVENT_FRAMES_PER_SECOND)} frames a second`,
    `keeps ${config.EVENTS_KEPT} events, or ${mib(config.EVENTS_KEPT_BYTES)}`,
    `ends after ${config.HEAD_TIMEOUT_SECONDS} seconds without one`,
    `at most ${config.SANDBOX_MAX_CONNECTIONS} open connections and ${config.SANDBOX_MAX_APIS} APIs`,
    `A script has ${config.SCRIPT_DEADLINE_MS} ms of processor time, ${config.SCRIPT_WALL_MS} ms with its waiting, and ${config.SCRIPT_MEMORY_MIB} MiB`,
  ];
  for (const sentence of said) expect(page).toContain(sentence);
  expect(page).toContain('silent for ten minutes');
  expect(config.DEMO_IDLE_SECONDS).toBe(600);
  expect(config.EVENT_FRAMES_PER_SECOND_PER_SANDBOX).toBe(config.EVENT_FRAMES_PER_SECOND);
});
