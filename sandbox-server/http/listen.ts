// Opens a port, or says in one line why it cannot and which setting changes that.
import type { Server } from 'node:net';

/** What a listener throws (Node: `SystemError`). */
type ListenError = Error & { code?: unknown };

/** A listener that cannot be opened. The message is one line for the operator. */
export class PortUnavailable extends Error {
  constructor(port: number, host: string, setting: string, cause: ListenError) {
    super(PortUnavailable.sentence(port, host, setting, cause), { cause });
    this.name = 'PortUnavailable';
  }

  private static sentence(port: number, host: string, setting: string, cause: ListenError): string {
    const other = `Set ${setting} to another one, or 0 for any free port.`;
    if (cause.code === 'EADDRINUSE') return `Port ${port} is in use. ${other}`;
    if (cause.code === 'EACCES') return `Port ${port} may not be opened by this user. ${other}`;
    if (cause.code === 'EADDRNOTAVAIL' || cause.code === 'ENOTFOUND') {
      return `${host} is no address of this machine. Set HOST to one, or to 0.0.0.0 for all.`;
    }
    return `Port ${port} cannot be opened (${String(cause.code ?? cause.message)}). ${other}`;
  }
}

/** Waits for `open` and turns what a listener throws into `PortUnavailable`. `setting` is the name in the environment. */
export async function opening<Opened>(
  port: number,
  host: string,
  setting: string,
  open: () => Promise<Opened>,
): Promise<Opened> {
  try {
    return await open();
  } catch (error) {
    const listening = error instanceof Error && 'syscall' in error;
    throw listening ? new PortUnavailable(port, host, setting, error) : error;
  }
}

/** Listens, and gives the port that it has: the asked one, or for 0 the one that was free. */
export function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(address !== null && typeof address === 'object' ? address.port : port);
    });
  });
}
