// Servers elsewhere: those that the operator lists are reached, by what their name was resolved to once, and no private network else.
import type { LookupAddress } from 'node:dns';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { createServer as createTls } from 'node:tls';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadCertificate } from '../certificate.ts';
import { createElsewhere, type LookupAll } from './elsewhere.ts';

let reached = 0;
const server = createServer((socket) => {
  reached += 1;
  socket.end('here');
});
let port = 0;
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
afterAll(() => {
  server.close();
});

/** Answers each name with the next of the lists. */
function lookupOf(...answers: LookupAddress[][]) {
  const asked: string[] = [];
  const lookup: LookupAll = (name, _options, answer) => {
    asked.push(name);
    answer(null, (answers.length > 1 ? answers.shift() : answers[0]) ?? []);
  };
  return { asked, lookup };
}
const v4 = (address: string): LookupAddress => ({ address, family: 4 });

async function faultOf(url: string, addresses: LookupAddress[], networks: string[] = []): Promise<string> {
  const { lookup } = lookupOf(addresses);
  const stream = createElsewhere({ origins: [], networks, lookup }).connect(new URL(url));
  const [error] = await once(stream, 'error');
  return error.message;
}

test('a name that leads into a listed network is resolved once, and its server answers', async () => {
  const { asked, lookup } = lookupOf([v4('127.0.0.1')], [v4('10.0.0.1')]);
  const elsewhere = createElsewhere({ origins: [], networks: ['127.0.0.0/8'], lookup });
  const before = reached;
  expect(await text(elsewhere.connect(new URL(`http://a.example:${port}/`)))).toBe('here');
  expect([asked, reached - before]).toEqual([['a.example'], 1]);
});

test('a name that leads into any private network that is not listed is refused, and nobody is reached', async () => {
  const before = reached;
  const privateAddress = fc.oneof(
    fc
      .tuple(fc.constantFrom(10, 127, 0), fc.nat(255), fc.nat(255), fc.nat(255))
      .map((bytes) => bytes.join('.')),
    fc.tuple(fc.integer({ min: 16, max: 31 }), fc.nat(255)).map(([b, d]) => `172.${b}.0.${d}`),
    fc.nat(255).map((d) => `192.168.7.${d}`),
    fc.nat(255).map((d) => `169.254.169.${d}`),
    fc.integer({ min: 64, max: 127 }).map((b) => `100.${b}.0.1`),
    fc.constantFrom('255.255.255.255', '224.0.0.1'),
  );
  const anyForm = fc.oneof(
    privateAddress.map(v4),
    privateAddress.map((address) => ({ address: `::ffff:${address}`, family: 6 })),
    privateAddress.map((address) => ({ address: `64:ff9b::${address}`, family: 6 })),
    fc
      .constantFrom('::1', '::', 'fe80::1', 'fc00::1', 'fd12:3456::1', '2002:7f00:1::', 'ff02::1')
      .map((address) => ({ address, family: 6 })),
  );
  await fc.assert(
    fc.asyncProperty(anyForm, fc.boolean(), async (address, besidePublic) => {
      const addresses = besidePublic ? [v4('93.184.215.14'), address] : [address];
      const fault = await faultOf(`http://a.example:${port}/`, addresses, ['192.0.2.0/24', 'fd99::/16']);
      expect(fault).toBe(
        'a.example leads into a private network that the operator has not listed in TARGET_NETWORKS',
      );
    }),
  );
  expect(reached).toBe(before);
});

test('an address in place of a name is held against the list as well', async () => {
  const before = reached;
  for (const host of ['127.0.0.1', '2130706433', '0x7f.1', '[::1]', '[::ffff:127.0.0.1]', '169.254.169.254'])
    expect(await faultOf(`http://${host}:${port}/`, [])).toContain('private network');
  expect(reached).toBe(before);
  const listed = createElsewhere({ origins: [], networks: ['127.0.0.1/32'], lookup: lookupOf([]).lookup });
  expect(await text(listed.connect(new URL(`http://127.0.0.1:${port}/`)))).toBe('here');
});

test('a name without an address is refused', async () => {
  expect(await faultOf('http://a.example/', [])).toContain('a.example');
});

test('a certificate that nobody vouches for is refused', async () => {
  const { lookup } = lookupOf([v4('127.0.0.1')]);
  const folder = await mkdtemp(join(tmpdir(), 'elsewhere-'));
  const secure = createTls(await loadCertificate(folder, []), (socket) => socket.end('here'));
  secure.on('tlsClientError', () => {});
  try {
    secure.listen(0, '127.0.0.1');
    await once(secure, 'listening');
    const { port: at } = secure.address() as AddressInfo;
    const elsewhere = createElsewhere({ origins: [], networks: ['127.0.0.0/8'], lookup });
    const [error] = await once(elsewhere.connect(new URL(`https://localhost:${at}/`)), 'error');
    expect(error.code).toBe('DEPTH_ZERO_SELF_SIGNED_CERT');
  } finally {
    secure.close();
    await rm(folder, { recursive: true });
  }
});
