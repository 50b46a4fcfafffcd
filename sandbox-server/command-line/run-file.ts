// One run from files to the answer of `POST /api/runs`: the same engine, the same response, no HTTP between.
import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import type { Config } from '../config.ts';
import { newTransactionId } from '../gateway/handshake/transaction-id.ts';
import { createEngine } from '../gatewayscript/engine.ts';
import { Problem } from '../http/problem.ts';
import { type RunAnswer, runAnswer } from '../http/run-answer.ts';
import { runMessage, runRequest } from '../http/run-request.ts';
import { givenTargetsSchema, runTargets } from '../http/run-targets.ts';
import { givenVariablesSchema, runVariables } from '../http/run-variables.ts';
import { parseJsonFile } from './json-file.ts';
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
  const given = async <Schema extends z.ZodType>(file: string | null, schema: Schema) =>
    file === null ? undefined : parseJsonFile(decodeUtf8(await readBytes(file), file), file, schema);
  const variables = await given(command.variablesFile, givenVariablesSchema);
  const targets = await given(command.urlopenFile, givenTargetsSchema);
  const message = understood(() => runMessage(request, command.parsed));
  const openTarget = understood(() => runTargets(targets ?? [], undefined));
  const engine = createEngine({ ...config, SCRIPT_WORKERS: 1 });
  const transactionId = newTransactionId();
  try {
    const result = await engine.run({
      script,
      request,
      message,
      variables: runVariables(ORGANIZATION, request, command.properties, transactionId, variables),
      openTarget,
    });
    return runAnswer(request, result, command.properties, { transactionId, client: '127.0.0.1' });
  } finally {
    await engine.close();
  }
}

/** What the HTTP interface would answer with 400 is a mistake in the command's files here. */
function understood<Made>(make: () => Made): Made {
  try {
    return make();
  } catch (error) {
    if (error instanceof Problem) throw new UsageError(`${error.message} ${error.hint}`);
    throw error;
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
