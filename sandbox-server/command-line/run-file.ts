// One run from files to the answer of `POST /api/runs`: the same engine, the same response, no HTTP between.
import { readFile } from 'node:fs/promises';
import type { Config } from '../config.ts';
import { newTransactionId } from '../gateway/handshake/transaction-id.ts';
import { createEngine } from '../gatewayscript/engine.ts';
import { type RunAnswer, runAnswer } from '../http/run-answer.ts';
import { runRequest } from '../http/run-request.ts';
import { runVariables } from '../http/run-variables.ts';
import { parseRequestFile } from './request-file.ts';
import { type RunCommand, UsageError } from './usage.ts';

/** What the context says of the organization and its catalog: those of the lab's demo. */
const ORGANIZATION = { name: 'demo', catalog: 'sandbox' };

/** @throws UsageError for files that cannot be read, Error when the engine cannot work here */
export async function runFile(command: RunCommand, config: Config): Promise<RunAnswer> {
  const script = decodeUtf8(await readBytes(command.scriptFile), command.scriptFile);
  const request =
    command.requestFile === null
      ? runRequest(undefined)
      : parseRequestFile(await readBytes(command.requestFile), command.requestFile);
  const engine = createEngine({ ...config, SCRIPT_WORKERS: 1 });
  const transactionId = newTransactionId();
  try {
    const result = await engine.run({
      script,
      request,
      message: {
        status: null,
        headers: request.headers.map(([name, value]) => ({ name, value, origin: 'request' })),
        body: request.body,
        bodyOrigin: 'request',
      },
      variables: runVariables(ORGANIZATION, request, command.properties, transactionId),
    });
    return runAnswer(request, result, command.properties, { transactionId, client: '127.0.0.1' });
  } finally {
    await engine.close();
  }
}

async function readBytes(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    const why = code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : code;
    throw new UsageError(`${file} cannot be read: ${why}.`);
  }
}

/** GatewayScript files are UTF-8 (IBM documentation); a byte order mark is no part of the script. */
function decodeUtf8(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`${file} is not UTF-8, which GatewayScript has to be.`);
  }
}
