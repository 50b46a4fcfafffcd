import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { listen, opening, PortUnavailable } from './listen.ts';

const open = (port: number, host: string) =>
  opening(port, host, 'GATEWAY_PORT', () => listen(createServer(), port, host));

test('a port in use is one line that names port and setting', async () => {
  const first = createServer();
  const port = await listen(first, 0, '127.0.0.1');
  expect(port).toBeGreaterThan(0);
  await expect(open(port, '127.0.0.1')).rejects.toBeInstanceOf(PortUnavailable);
  await expect(open(port, '127.0.0.1')).rejects.toThrow(
    `Port ${port} is in use. Set GATEWAY_PORT to another one, or 0 for any free port.`,
  );
  first.close();
});

test('an address that the machine does not have is told by the setting HOST', async () => {
  await expect(open(0, '192.0.2.1')).rejects.toThrow(
    /^192\.0\.2\.1 is no address of this machine\. Set HOST/,
  );
});

test('an error that has nothing to do with a port stays what it is', async () => {
  const error = new Error('no certificate');
  await expect(opening(1, 'h', 'PORT', () => Promise.reject(error))).rejects.toBe(error);
});
