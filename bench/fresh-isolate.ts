// The same script in a fresh isolate of isolated-vm for each run; where that cannot be had, in a fresh context of node:vm.
import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { runInNewContext } from 'node:vm';
import { z } from 'zod';
import { EXPECTED, shimmed } from './shim.ts';

const sha1 = (text: string) => createHash('sha1').update(text).digest('base64');

export interface FreshRunner {
  name: string;
  isIsolate: boolean;
  run(script: string): void;
}

/** What is used of isolated-vm, which is no dependency of the project: it is maintained no more, and built from source. */
interface IsolatedVm {
  Isolate: new (options: {
    memoryLimit: number;
  }) => {
    createContextSync(): { evalClosureSync(code: string, args: unknown[]): unknown };
    dispose(): void;
  };
  Callback: new (call: (text: string) => string) => unknown;
}

/** @param folder where isolated-vm is installed, e.g. from `ISOLATED_VM` */
export function freshRunner(folder: string | undefined): FreshRunner {
  const isolated = folder === undefined ? null : loadIsolatedVm(folder);
  if (!isolated) {
    return {
      name: 'a fresh context of node:vm, which is no isolate and no boundary',
      isIsolate: false,
      run: (script) => check(runInNewContext(shimmed(script), {}, { timeout: 1_000 })(sha1)),
    };
  }
  return {
    name: 'a fresh isolate of isolated-vm',
    isIsolate: true,
    run(script) {
      const isolate = new isolated.Isolate({ memoryLimit: 64 });
      const closure = `return ${shimmed(script)}($0)`;
      check(isolate.createContextSync().evalClosureSync(closure, [new isolated.Callback(sha1)]));
      isolate.dispose();
    },
  };
}

function loadIsolatedVm(folder: string): IsolatedVm {
  const loaded: unknown = createRequire(import.meta.url)(folder);
  return z
    .custom<IsolatedVm>((value) => typeof value === 'object' && value !== null && 'Isolate' in value)
    .parse(loaded);
}

function check(accept: unknown): void {
  if (accept !== EXPECTED) throw new Error(`the script gave ${String(accept)}`);
}
