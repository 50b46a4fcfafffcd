// The gateway's part of the benchmark: beside a bare byte pipe and nginx, with many clients, with idle ones, and with new ones.
import { startLab } from '../lab-server.ts';
import { startChild } from './child-process.ts';
import { timeHandshakes } from './handshakes.ts';
import { weighIdle } from './idle.ts';
import { startNginx } from './nginx.ts';
import { createSandbox } from './sandbox.ts';
import { compare } from './throughput.ts';

const WHAT_IS_COMPARED = `
All by plain TCP, since a pipe has no TLS: the gateway on the page's port, under /gateway. Each is one process with one thread for bytes.
Pipe and nginx pass on to the uppercase server in a process of its own, as they do in practice; the gateway's is inside its process, as
the lab's targets are. So the gateway spares a hop, and has the server's work on its own thread: where a second processor is free that
costs it more than the hop would. The pipe with the backend in its process is the same house without the gateway.
One generator for all, in this process, in turns.`;

const WHAT_TLS_ADDS = `
The same at the gateway's own port. No session is taken up again, so each has a whole TLS handshake, of which this process, the
generator, has the other half on a processor of the same machine.`;

export async function benchGateway(): Promise<void> {
  console.log(WHAT_IS_COMPARED);
  const backend = await startChild('backend-child.ts');
  const pipe = await startChild('pipe-child.ts', String(backend.port));
  const pipeWithBackend = await startChild('pipe-child.ts', 'self');
  const nginx = await startNginx(backend.port);
  if (typeof nginx === 'string') console.log(nginx);
  const lab = await startLab({ SANDBOX_MAX_CONNECTIONS: '2000' });
  try {
    const [quiet, watched] = [await createSandbox(lab), await createSandbox(lab)];
    const stopWatching = await watched.watch();
    for (const clients of [100, 1_000]) {
      const compared = {
        pipe: { port: pipe.port, path: '/' },
        pipeWithBackend: { port: pipeWithBackend.port, path: '/' },
        nginx: typeof nginx === 'string' ? null : { port: nginx.port, path: '/' },
        gateway: quiet.upgrade,
        watched: watched.upgrade,
      };
      await compare(compared, clients);
    }
    stopWatching();
    console.log('');
    await timeHandshakes('approach 1', quiet.upgrade, 1_500);
    await timeHandshakes('approach 2', quiet.scripted, 3_000);
    console.log(WHAT_TLS_ADDS);
    await timeHandshakes('approach 1 over TLS', quiet.upgradeOverTls, 1_500);
    await timeHandshakes('approach 2 over TLS', quiet.scriptedOverTls, 3_000);
  } finally {
    await lab.close();
    for (const child of [pipe, pipeWithBackend, backend]) await child.end();
    if (typeof nginx !== 'string') await nginx.end();
  }
  console.log('');
  await weighIdle('by plain TCP', ({ upgrade }) => upgrade);
  await weighIdle('over TLS', ({ upgradeOverTls }) => upgradeOverTls);
}
