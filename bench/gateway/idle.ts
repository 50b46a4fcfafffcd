// What ten thousand connections weigh that say nothing.
import { setTimeout as sleep } from 'node:timers/promises';
import { startLab } from '../lab-server.ts';
import { tell } from '../tell.ts';
import { openClients } from './client.ts';
import { createSandbox, memoryOf } from './sandbox.ts';

const CONNECTIONS = 10_000;
const AT_ONCE = 100;
const WANTED_MIB = 400;
/** Files that the generator, and the lab, have open besides. */
const OTHER_FILES = 200;

export async function weighIdle(): Promise<void> {
  const files = filesAllowed();
  if (files < CONNECTIONS + OTHER_FILES) {
    console.log(`This process may open ${files} files, so ${CONNECTIONS} idle connections are not measured.`);
    return;
  }
  const lab = await startLab({ SANDBOX_MAX_CONNECTIONS: String(CONNECTIONS + OTHER_FILES) });
  try {
    const { upgrade } = await createSandbox(lab.page);
    // What the first connections bring along, compiled code above all, is not what each weighs.
    for (const socket of await openClients(upgrade, 200, AT_ONCE)) socket.destroy();
    await sleep(1_000);
    const before = await memoryOf(lab.page);
    const sockets = await openClients(upgrade, CONNECTIONS, AT_ONCE);
    await sleep(2_000);
    const mib = ((await memoryOf(lab.page)) - before) / 2 ** 20;
    tell(`${CONNECTIONS} idle connections, memory`, mib, 'MiB', mib <= WANTED_MIB, `≤ ${WANTED_MIB}`);
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
