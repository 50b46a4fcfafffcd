// What ten thousand connections weigh that say nothing.
import { setTimeout as sleep } from 'node:timers/promises';
import { startLab } from '../lab-server.ts';
import { tell } from '../tell.ts';
import { openClients, type Subject } from './client.ts';
import { type BenchSandbox, createSandbox, memoryOf } from './sandbox.ts';

const CONNECTIONS = 10_000;
const AT_ONCE = 100;
const WANTED_MIB = 400;
/** Files that the generator, and the lab, have open besides. */
const OTHER_FILES = 200;

/** `subject` is where they go, of a sandbox of their own in a lab of their own; `how` says it in the table. */
export async function weighIdle(how: string, subject: (sandbox: BenchSandbox) => Subject): Promise<void> {
  const files = filesAllowed();
  if (files < CONNECTIONS + OTHER_FILES) {
    console.log(
      `This process may open ${files} files, so ${CONNECTIONS} idle connections ${how} are not measured.`,
    );
    return;
  }
  const lab = await startLab({ SANDBOX_MAX_CONNECTIONS: String(CONNECTIONS + OTHER_FILES) });
  try {
    const to = subject(await createSandbox(lab));
    // What the first connections bring along, compiled code above all, is not what each weighs.
    for (const socket of await openClients(to, 200, AT_ONCE)) socket.destroy();
    await sleep(1_000);
    const before = await memoryOf(lab);
    const sockets = await openClients(to, CONNECTIONS, AT_ONCE);
    await sleep(2_000);
    const mib = ((await memoryOf(lab)) - before) / 2 ** 20;
    const met = mib <= WANTED_MIB;
    tell(`${CONNECTIONS} idle connections ${how}, memory`, mib, 'MiB', met, `≤ ${WANTED_MIB}`);
    for (const socket of sockets) socket.destroy();
  } finally {
    await lab.close();
  }
}

/** Node raises its own limit as far as the machine lets it. */
function filesAllowed(): number {
  const report: { userLimits?: { open_files?: { soft: number | 'unlimited' } } } = JSON.parse(
    JSON.stringify(process.report.getReport()),
  );
  const soft = report.userLimits?.open_files?.soft ?? 'unlimited';
  return soft === 'unlimited' ? Number.POSITIVE_INFINITY : Number(soft);
}
