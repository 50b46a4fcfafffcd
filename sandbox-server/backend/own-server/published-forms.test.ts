// Servers in the forms in which people publish them: each runs in Node with the real `ws` and in the lab, and its clients see the same.

import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { TestClient } from './own-server.fixture.ts';
import { echo, refusalOf, type Talk, testInBoth, type World } from './two-worlds.fixture.ts';

type Options = Parameters<World['client']>[0];

/** An open client, after `greetings` messages that came unasked. */
async function open(world: World, options?: Options): Promise<TestClient> {
  const client = world.client(options);
  await once(client.socket, 'open');
  return client;
}

/** What comes in answer to a message, so many messages. */
async function said(client: TestClient, data: string | Buffer, count = 1): Promise<string[]> {
  client.socket.send(data);
  const seen: string[] = [];
  while (seen.length < count) seen.push(await client.next());
  return seen;
}

const json = (value: unknown) => JSON.stringify(value);

const talks: Record<string, Talk> = {
  async 'broadcast-to-others'(world) {
    const [a, b] = [await open(world), await open(world)];
    return [await echo(a, 'hi'), await b.next(), await said(b, Buffer.from([1, 2])), await a.next()];
  },
  async heartbeat(world) {
    const [alive, dead] = [world.client(), world.client()];
    await Promise.all([once(alive.socket, 'open'), once(dead.socket, 'open')]);
    Reflect.set(dead.socket, '_autoPong', false);
    const how = await dead.closed;
    return [how, alive.socket.readyState];
  },
  async 'rooms-by-path'(world) {
    const one = await open(world, { path: '/red?x=1' });
    const two = await open(world, { path: '/red' });
    const lobby = await open(world, { path: '/' });
    const seen = [await said(one, 'a'), await two.next(), await said(lobby, 'b')];
    one.socket.close();
    two.socket.close();
    await Promise.all([one.closed, two.closed]);
    await expect.poll(() => world.lines().length, { interval: 1 }).toBe(6);
    return seen;
  },
  async 'chosen-subprotocol'(world) {
    const some = world.client({ protocols: ['x', 'json.v1', 'json.v2'] });
    return [await some.next(), some.socket.protocol, await world.client().closed];
  },
  async 'verify-client-with-callback'(world) {
    return [await world.client({ path: '/?token=s3cret' }).next(), await refusalOf(world.client())];
  },
  async 'json-protocol'(world) {
    const client = await open(world);
    const texts = [
      json({ type: 'ping' }),
      json({ type: 'add', a: 1, b: 2 }),
      json({ type: 'when', at: 0 }),
      json({ type: 'no' }),
      'hello',
      '{',
      '{"a":}',
      '',
      '[1,]',
    ];
    const seen = [];
    for (const text of texts) seen.push(await said(client, text));
    return seen;
  },
  async 'binary-echo'(world) {
    const client = await open(world);
    const seen = [await said(client, Buffer.from([1, 2]), 2), await said(client, 'four')];
    client.socket.send('x'.repeat(2_000));
    return [seen, await client.closed];
  },
  async 'rate-limit-per-message'(world) {
    const client = await open(world);
    const seen = [];
    for (let i = 0; i < 6; i += 1) seen.push(await said(client, `${i}`));
    return [seen, await client.closed];
  },
  async 'auth-by-query-token'(world) {
    const login = await world.fetch({ path: '/login?user=ann' });
    const { token } = JSON.parse(login.slice(login.indexOf('{')));
    return [
      login,
      await world.fetch({ path: '/x' }),
      await world.client({ path: `/?token=${token}` }).next(),
      await refusalOf(world.client({ path: '/?token=ann.x' })),
    ];
  },
  async 'class-based-chat'(world) {
    const a = world.client({ path: '/?name=Ann' });
    const seen = [await a.next()];
    const b = world.client();
    seen.push(await b.next(), await a.next(), ...(await said(b, 'hi')), await a.next());
    b.socket.close();
    await b.closed;
    await expect.poll(() => world.lines().at(-1), { interval: 1 }).toBe('leave guest2');
    return seen;
  },
  async 'async-handlers'(world) {
    const client = world.client();
    return [await client.next(), await said(client, 'x'), await said(client, 'bad')];
  },
  async 'two-servers-on-one'(world) {
    return [
      await world.client({ path: '/foo' }).next(),
      await world.client({ path: '/bar' }).next(),
      await world.client({ path: '/baz' }).closed,
    ];
  },
  async 'client-authentication'(world) {
    const client = await open(world, { headers: { 'X-User': 'ann' } });
    return [await said(client, 'hello'), await refusalOf(world.client())];
  },
  async 'names-and-history'(world) {
    const client = await open(world);
    const seen = [await said(client, '<Ann>'), await said(client, '"hi" & bye'), await world.fetch()];
    client.socket.close();
    await expect.poll(() => world.lines().length, { interval: 1 }).toBe(4);
    return [seen, await world.client().next()];
  },
  async 'graceful-shutdown'(world) {
    const client = await open(world, { path: '/ws' });
    const seen = [await said(client, 'still here'), await world.fetch(), await refusalOf(world.client())];
    client.socket.send('stop');
    return [seen, await client.closed];
  },
  async 'publish-and-subscribe'(world) {
    const client = await open(world);
    const ask = (action: string, count = 1) =>
      said(client, json({ action, topic: 'news', payload: { n: 1 } }), count);
    return [await ask('subscribe'), await ask('publish', 2), await ask('unsubscribe'), await ask('publish')];
  },
  async 'messages-awaited-one-by-one'(world) {
    const client = await open(world);
    const seen = [await said(client, 'hello'), await said(client, '2'), await said(client, '40')];
    client.socket.send('end');
    return [seen, await client.closed];
  },
  async 'commands-in-text'(world) {
    const client = await open(world, { path: '/chat' });
    const seen = [];
    for (const text of ['hi', '/nick ann', 'hi', '/who', '/inspect a b']) seen.push(await said(client, text));
    client.socket.send('/quit');
    return [seen, await client.closed];
  },
  async 'unique-ids-and-targets'(world) {
    const a = world.client();
    const first = await a.next();
    const b = world.client();
    const second = await b.next();
    b.socket.send(json({ to: 'first', text: 'hi' }));
    return [first, second, await a.next(), await said(b, json({ to: 'nobody' }))];
  },
  async 'callback-of-send-and-backpressure'(world) {
    const client = world.client();
    const seen = [];
    while (seen.length < 5) seen.push(await client.next());
    await expect.poll(() => world.lines().length, { interval: 1 }).toBe(1);
    client.socket.send('close');
    return [seen, await client.closed];
  },
  async 'headers-and-cookies'(world) {
    const client = world.client({ headers: { Cookie: 'x=y; sid=abc' } });
    const [{ headers }] = await once(client.socket, 'upgrade');
    return [headers['set-cookie'], await client.next(), await world.client().closed, await world.fetch()];
  },
  async 'rest-beside-sockets'(world) {
    const watcher = world.client();
    const post = (body: string) => world.fetch({ method: 'POST', path: '/todos', body });
    return [
      await watcher.next(),
      await post(json({ title: 'é' })),
      await watcher.next(),
      await post('{"title"'),
      await world.fetch({ path: '/todos' }),
      await world.fetch({ path: '/other', method: 'PUT' }),
    ];
  },
  async 'console-of-everything'(world) {
    return said(await open(world), 'ann');
  },
  async 'streams-of-time'(world) {
    const client = world.client();
    return [await client.next(), await client.next(), await client.next(), await client.closed];
  },
  async 'game-loop'(world) {
    const client = await open(world);
    const seen = [await said(client, Buffer.from([1, 254]), 2), await said(client, Buffer.from([1, 1]), 2)];
    client.socket.close();
    await client.closed;
    return seen;
  },
};

const folder = new URL('./published-forms/', import.meta.url);

test('each of them is talked to', () => {
  const files = readdirSync(folder).map((file) => file.replace(/\.js$/, ''));
  expect(Object.keys(talks).toSorted()).toEqual(files.toSorted());
});

testInBoth(
  Object.fromEntries(
    Object.entries(talks).map(([name, talk]) => [
      name,
      { script: readFileSync(new URL(`${name}.js`, folder), 'utf8'), talk },
    ]),
  ),
);
