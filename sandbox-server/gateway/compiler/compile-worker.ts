// The thread that compiles readers' texts: one after the other, each answered with plain data.
import { parentPort, workerData } from 'node:worker_threads';
import { type CompiledText, compileText } from '../definition/compile.ts';
import type { RuleSettings } from '../definition/rule.ts';
import { type ApiOutline, type CompiledProduct, compileProductText } from '../plans/compile-product.ts';
import { keysFrom } from '../plans/issue-key.ts';

export type CompileJob =
  /** `name` is the one that it is deployed under. */
  | { kind: 'definition'; text: string; name: string }
  /** `apis` are those beside it, `seed` is what the keys come of. */
  | { kind: 'product'; text: string; name: string; apis: ApiOutline[]; seed: Uint8Array };

export type Compiled =
  | { kind: 'definition'; result: CompiledText }
  | { kind: 'product'; result: CompiledProduct };

/** The thread is started with `RuleSettings`. It says once that it is ready, then an answer a job. `cpu` is what it has taken in all its life, in microseconds. */
export type CompileAnswer =
  | { type: 'ready'; cpu: NodeJS.CpuUsage }
  | { type: 'compiled'; compiled: Compiled; cpu: NodeJS.CpuUsage };

/** Rules and parser compile lazily, and the first reader should not wait for that. */
const WARM_UP = `swagger: '2.0'
paths: {/: {get: {}}}
x-ibm-configuration: {assembly: {execute: [{gatewayscript: {source: '1'}}, {websocket-upgrade: {}}]}}`;

const port = parentPort;
if (!port) throw new Error('this file is the worker thread of the compiler');
const settings: RuleSettings = workerData;
const answer = (message: CompileAnswer) => port.postMessage(message);

function compiled(job: CompileJob): Compiled {
  if (job.kind === 'definition') return { kind: job.kind, result: compileText(job.text, job.name, settings) };
  const { kind, text, apis, seed } = job;
  return { kind, result: compileProductText(text, { apis, issue: keysFrom(seed) }) };
}

port.on('message', (job: CompileJob) =>
  answer({ type: 'compiled', compiled: compiled(job), cpu: process.threadCpuUsage() }),
);
compileText(WARM_UP, 'warm-up');
answer({ type: 'ready', cpu: process.threadCpuUsage() });
