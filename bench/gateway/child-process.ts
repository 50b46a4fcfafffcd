// Processes that the benchmark compares the gateway with; each tells its port in one line.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface Child {
  port: number;
  end(): Promise<void>;
}

/** Runs a file of this folder with arguments; rejects where it ends before it has told its port. */
export async function startChild(file: string, ...given: string[]): Promise<Child> {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', path, ...given], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const line of createInterface(child.stdout)) {
    return { port: Number(line), end: () => ended(child) };
  }
  throw new Error(`${file} ended before it told its port`);
}

/** Ends a process, and waits until it has. */
export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGTERM');
  await exit;
}
