// The parts of a request's path that the operation's template names: `/echo/{name}`.
import { parameterOf, parseAddress, pathAfter, segments } from '../handshake/routing.ts';
import type { ApiDefinition, Operation } from '../types.ts';

/** Name to value as the client wrote it, still percent-encoded; a last `{+name}` or `{*name}` has the rest of the path. */
export function pathParameters(
  path: string,
  api: Pick<ApiDefinition, 'basePath'>,
  operation: Pick<Operation, 'path'>,
): Map<string, string> {
  const written = segments(pathAfter(api.basePath, parseAddress(path)?.rest ?? '') ?? '');
  const found = new Map<string, string>();
  for (const [i, segment] of segments(operation.path).entries()) {
    const parameter = parameterOf(segment);
    if (!parameter) continue;
    const { name, repeats } = parameter;
    found.set(name, repeats ? written.slice(i).join('/') : (written[i] ?? ''));
  }
  return found;
}
