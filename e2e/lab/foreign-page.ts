// A page of another site, on a free port.
import { once } from 'node:events';
import { createServer } from 'node:http';

export interface ForeignPage {
  origin: string;
  /** What is served from now on. */
  show(html: string): void;
  close(): void;
}

export async function openForeignPage(): Promise<ForeignPage> {
  let page = '';
  const server = createServer((_, response) => {
    response
      .setHeader('content-type', 'text/html; charset=utf-8')
      .end(`<!doctype html><html lang="en">${page}</html>`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    origin: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`,
    show(html) {
      page = html;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
