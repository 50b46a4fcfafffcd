// Requests made to be read differently by two servers, or to take for ever: one answer, the right status, in bounded time and memory.
import { once } from 'node:events';
import type { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { exchangeRaw, openRaw } from './raw-client.fixture.ts';
import {
  definitionText,
  type StartedGateway,
  scriptPolicy,
  startGateway,
} from './started-gateway.fixture.ts';

let lab: StartedGateway;
/** For clients that are too slow; all others have the time that a busy machine may take. */
let hurried: StartedGateway;
beforeAll(async () => {
  lab = await startGateway({ settings: { HEAD_MAX_BYTES: '8000' } });
  hurried = await startGateway({ settings: { HEAD_TIMEOUT_SECONDS: '2', HEAD_MAX_BYTES: '8000' } });
  for (const each of [lab, hurried])
    each.deploy(definitionText('/text', scriptPolicy("context.set('message.status.code', 201);")));
});
beforeEach(() => {
  lab.events.length = 0;
});
afterAll(async () => {
  await Promise.all([lab.close(), hurried.close()]);
  expect([...lab.faults, ...hurried.faults]).toEqual([]);
});

const start = 'POST /maple/sandbox/text HTTP/1.1\r\nHost: localhost\r\n';
const end = 'Content-Length: 0\r\n\r\n';
/** What a smuggler hides behind the first request. */
const hidden = 'GET /maple/sandbox/text HTTP/1.1\r\nHost: localhost\r\n\r\n';

describe('a request that two servers could read differently', () => {
  it.each([
    ['two lengths that differ', `${start}Content-Length: 5\r\nContent-Length: 0\r\n\r\nhello`],
    ['two lengths in one header', `${start}Content-Length: 5, 0\r\n\r\nhello`],
    ['a length with a sign', `${start}Content-Length: +5\r\n\r\nhello`],
    ['a negative length', `${start}Content-Length: -1\r\n\r\n`],
    ['a length in hex', `${start}Content-Length: 0x5\r\n\r\nhello`],
    ['a length beyond all numbers', `${start}Content-Length: 99999999999999999999999\r\n\r\n`],
    ['length and chunks', `${start}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
    ['chunks that are not the last coding', `${start}Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n`],
    ['a coding that looks like chunks', `${start}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`],
    ['a coding behind a vertical tab', `${start}Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n`],
    ['a space before the colon', `${start}Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n`],
    ['a folded header', `${start}X-A: b\r\n Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
    ['a bare carriage return', `${start}X-A: b\rTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
    ['a zero byte in a value', `${start}X-A: b\x00c\r\n\r\n`],
    ['a header without a name', `${start}: nothing\r\n\r\n`],
    ['a chunk size that is no number', `${start}Transfer-Encoding: chunked\r\n\r\n0x0\r\n\r\n`],
    ['a chunk size beyond all numbers', `${start}Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n`],
    ['a space in the target', start.replace('/text', '/te xt')],
    ['two Hosts', `${start}Host: other\r\n\r\n`],
    ['two hosts in one Host', start.replace('localhost', 'localhost other') + end],
    ['a user in its Host', start.replace('localhost', 'localhost@other') + end],
    ['a path in its Host', start.replace('localhost', 'localhost/other') + end],
    ['a list of hosts', start.replace('localhost', 'localhost, other') + end],
    [
      'chunks in HTTP/1.0',
      `${start.replace('HTTP/1.1', 'HTTP/1.0')}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
    ],
  ])('with %s is 400, and what is hidden behind it is never served', async (_, bytes) => {
    const { status, text } = await exchangeRaw(lab.port, `${bytes}${hidden}`);
    expect(status).toBe(400);
    expect(text.match(/HTTP\/1\.1 /g)).toHaveLength(1);
    expect(lab.told('api-matched')).toEqual([]);
  });
});

describe('a request that asks for what the gateway does not do', () => {
  it.each([
    ['a coding beside chunks', `${start}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n`, 501],
    ['an unknown expectation', `${start}Expect: the-best\r\n${end}`, 201],
    ['a connection elsewhere', `CONNECT other:443 HTTP/1.1\r\nHost: other:443\r\n\r\n`, 404],
    [
      'a connection elsewhere, in the words of a handshake',
      'CONNECT /maple/sandbox/text HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n',
      404,
    ],
  ])('%s, has one answer of the gateway, and its end', async (_, bytes, wanted) => {
    const { status, text, head } = await exchangeRaw(lab.port, `${bytes}${hidden}`);
    expect(status).toBe(wanted);
    expect(text.match(/HTTP\/1\.1 /g)).toHaveLength(1);
    expect(head).toMatch(/^X-Global-Transaction-ID: [0-9a-f]{24}$/m);
  });
});

/** Writes again and again until the gateway ends it; gives the bytes that it took and what it answered. */
async function writeUntilEnded(
  socket: TLSSocket,
  piece: string,
): Promise<{ written: number; answer: string }> {
  let answer = '';
  let written = 0;
  let over = false;
  socket.on('data', (chunk) => {
    answer += chunk;
  });
  const ended = new Promise<void>((resolve) => socket.once('end', resolve).once('close', resolve)).then(
    () => {
      over = true;
    },
  );
  socket.on('error', () => {});
  while (!over && socket.writable) {
    written += piece.length;
    const goesOn = socket.write(piece, 'latin1');
    if (goesOn) await new Promise((resolve) => setImmediate(resolve));
    else await Promise.race([once(socket, 'drain').catch(() => {}), ended]);
  }
  await ended;
  socket.destroy();
  return { written, answer };
}

describe('a request that never ends', () => {
  it.each([
    ['of endless header lines', `${start}`, 'X-More: and more\r\n', 431],
    ['of one endless header', `${start}X-Long: `, 'a'.repeat(100), 431],
    ['of an endless path', 'GET /maple/', 'a'.repeat(100), 431],
    ['of endless empty lines', '', '\r\n', 408],
    [
      'of an endless chunked body',
      `${start}Transfer-Encoding: chunked\r\n\r\n`,
      `3e8\r\n${'a'.repeat(1_000)}\r\n`,
      413,
    ],
    ['of an endless chunk extension', `${start}Transfer-Encoding: chunked\r\n\r\n1`, ';a=b'.repeat(25), 400],
  ])('%s is answered in bounded time and bytes', async (_, head, piece, status) => {
    const socket = await openRaw((status === 408 ? hurried : lab).port);
    socket.write(head);
    const startedAt = performance.now();
    const { written, answer } = await writeUntilEnded(socket, piece);
    expect(performance.now() - startedAt).toBeLessThan(30_000);
    expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual([`HTTP/1.1 ${status}`]);
    expect(written).toBeLessThan(64 * 1_048_576);
  });

  it.each([
    ['its head', `${start}X-Slow: `, 408],
    ['its body', `${start}Content-Length: 1000000\r\n\r\n`, 408],
  ])('dripping byte by byte into %s, is ended in the seconds that it has', async (_, head, status) => {
    const socket = await openRaw(hurried.port);
    socket.write(head);
    const pieces = setInterval(() => socket.write('a'), 20);
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('error', () => {});
    await new Promise((resolve) => socket.once('close', resolve).once('end', resolve));
    clearInterval(pieces);
    socket.destroy();
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  });
});
