// The target of a `websocket-upgrade` at a request: target-url with its references resolved.
import type { HttpRequest } from '../../gatewayscript/types.ts';
import { writtenParameter } from '../target/parameters.ts';
import { readTarget, type Target } from '../target/url.ts';
import type { Transaction } from './policy.ts';
import type { UpgradeProperties } from './upgrade-properties.ts';
import { resolveText } from './variables.ts';

const PARAMETER = /(\$\(\s*request\.parameters\.[^()]+\))/;

/**
 * A request parameter goes into the URL as the client wrote it, or decoded where `decode-request-params` says so (documented). Whatever
 * comes of it is read as any target: no value leads further than a written target may.
 */
export function upgradeTarget(properties: UpgradeProperties, transaction: Transaction): Target {
  const written = properties['target-url'] ?? '';
  const missing: string[] = [];
  // In pieces, so that no parameter's value is searched for references again.
  const pieces = properties['decode-request-params'] ? [written] : written.split(PARAMETER);
  const resolved = pieces.map((piece, i) => {
    const name = i % 2 === 1 ? /parameters\.([^.)\s]+)/.exec(piece)?.[1] : undefined;
    const value = name === undefined ? undefined : asWritten(name, transaction);
    if (value !== undefined) return value;
    const { text, missing: without } = resolveText(piece, transaction);
    missing.push(...without);
    return text;
  });
  const target = readTarget(resolved.join(''), transaction.organization.network.elsewhere);
  if (!('fault' in target) || missing.length === 0) return target;
  const message = `$(${missing.join('), $(')}) has no value. ${target.fault.message}`;
  return { fault: { ...target.fault, message } };
}

/** Of the query, else of the path: an encoded slash in it stays one. */
function asWritten(
  name: string,
  { request }: { request: Pick<HttpRequest, 'path' | 'pathParameters'> },
): string | undefined {
  const ofPath = request.pathParameters?.find(([known]) => known === name)?.[1];
  return writtenParameter(request.path, name) ?? ofPath;
}
