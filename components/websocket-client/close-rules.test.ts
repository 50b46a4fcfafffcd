import { once } from 'node:events';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type AddressInfo, WebSocketServer } from 'ws';
import { closeProblem } from './close-rules.ts';

let server: WebSocketServer;
let url: string;
beforeAll(async () => {
  server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const address: AddressInfo | string | null = server.address();
  url = `ws://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});
afterAll(() => server.close());

/** Whether a WebSocket of the standard takes it: it throws for what is not allowed, whatever its state. */
function standardTakes(code: number, reason: string): boolean {
  const socket = new WebSocket(url);
  socket.addEventListener('error', () => {});
  try {
    socket.close(code, reason);
    return true;
  } catch {
    socket.close();
    return false;
  }
}

describe('closing with code and reason', () => {
  test.each([999, 1000, 1001, 1005, 1006, 1015, 2999, 3000, 4999, 5000])(
    '%i is judged as the standard does',
    (code) => {
      expect(closeProblem(String(code), '') === null).toBe(standardTakes(code, ''));
    },
  );

  test('reasons of every length are judged as the standard does', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 30, maxLength: 140 }), (reason) => {
        expect(closeProblem('1000', reason) === null).toBe(standardTakes(1000, reason));
      }),
      { numRuns: 30 },
    );
  });

  test('the field that is wrong is named', () => {
    expect(closeProblem('1001', 'x'.repeat(124))?.field).toBe('code');
    expect(closeProblem('1000', 'x'.repeat(124))?.field).toBe('reason');
  });

  test('what is no number is refused', () => {
    for (const code of ['', 'abc', '1000.5', '1e3', '-3000']) expect(closeProblem(code, '')).not.toBeNull();
  });
});
