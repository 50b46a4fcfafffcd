// The same script in a new `node` process for each run.
import { spawnSync } from 'node:child_process';
import { EXPECTED, shimmed } from './shim.ts';

export function runInNewProcess(script: string): void {
  const code = `process.stdout.write(${shimmed(script)}((text) => require('crypto').createHash('sha1').update(text).digest('base64')))`;
  const { stdout } = spawnSync(process.execPath, ['-e', code], { encoding: 'utf8', timeout: 20_000 });
  if (stdout !== EXPECTED) throw new Error(`the script gave ${stdout}`);
}
