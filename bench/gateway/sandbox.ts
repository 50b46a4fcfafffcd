// A sandbox of the lab with the lessons' two APIs, made over the HTTP interface as a learner's page does.
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { WebSocket } from 'ws';
import { DEMO_DEFINITIONS } from '../../sandbox-server/sandboxes/demo.ts';
import type { LabServer } from '../lab-server.ts';
import type { Subject } from './client.ts';

export interface BenchSandbox {
  /** Below the page, and what opens it. */
  path: string;
  authorization: string;
  /** Approach 1, `websocket-upgrade`, and approach 2, the scripted handshake with the uppercase server attached. */
  upgrade: Subject;
  scripted: Subject;
  /** The same at the gateway's own port. */
  upgradeOverTls: Subject;
  scriptedOverTls: Subject;
  /** Opens the event log; gives the way to close it and tells how many events came. `onEvent` gets each as JSON. */
  watch(onEvent?: (json: string) => void): Promise<() => number>;
}

export async function createSandbox({ page, tlsPort }: LabServer): Promise<BenchSandbox> {
  const made = await fetch(new URL('/api/sandboxes', page), { method: 'POST' });
  const { organization, token }: { organization: string; token: string } = JSON.parse(await made.text());
  const path = `/api/sandboxes/${organization}`;
  const authorization = `Bearer ${token}`;
  for (const [name, file] of DEMO_DEFINITIONS) {
    const answer = await fetch(new URL(`${path}/apis/${name}`, page), {
      method: 'PUT',
      headers: { authorization, 'content-type': 'application/yaml' },
      body: await readFile(file),
    });
    if (!answer.ok) throw new Error(`${name} does not deploy: ${await answer.text()}`);
  }
  const port = Number(new URL(page).port);
  const pathOf = (api: string) => `/${organization}/sandbox/${api}`;
  const overPage = (api: string): Subject => ({ port, path: `/gateway${pathOf(api)}` });
  const overTls = (api: string): Subject => ({ port: tlsPort, path: pathOf(api), tls: true });
  return {
    path,
    authorization,
    upgrade: overPage('websocket-upgrade'),
    scripted: overPage('websocket-test'),
    upgradeOverTls: overTls('websocket-upgrade'),
    scriptedOverTls: overTls('websocket-test'),
    async watch(onEvent = () => {}) {
      const url = new URL(`/api/sandboxes/${organization}/events`, page.replace('http', 'ws'));
      const socket = new WebSocket(url, [token]);
      let events = 0;
      socket.on('message', (data) => {
        events += 1;
        onEvent(String(data));
      });
      await once(socket, 'open');
      return () => {
        socket.close();
        return events;
      };
    },
  };
}

/** Bytes of resident memory of the lab's process. */
export async function memoryOf({ page }: LabServer): Promise<number> {
  const text = await (await fetch(new URL('/metrics', page))).text();
  return Number(/^lab_memory_bytes (\d+)/m.exec(text)?.[1]);
}
