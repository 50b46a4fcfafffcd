// What a policy is given and what it may decide; each policy is one file beside this one.
import type { Duplex } from 'node:stream';
import type { Engine, HttpRequest, JsonObject, Message } from '../../gatewayscript/types.ts';
import type { GatewayEventBody } from '../events.ts';
import type { GatewayResponse } from '../handshake/error-response.ts';
import type { ResponseHead } from '../handshake/response-rules.ts';
import type { GatewayLimits } from '../limits.ts';
import type { ApiDefinition, Operation, Organization, PolicyNode } from '../types.ts';

/** One request on its way through an assembly. */
export interface Transaction {
  id: string;
  request: HttpRequest;
  /** As the client said it, e.g. `1.1`. */
  httpVersion: string;
  /** Whether the connection can switch: the client sent `Connection: Upgrade` and `Upgrade`. */
  upgradable: boolean;
  /** The client's address. */
  remote: string;
  organization: Organization;
  api: ApiDefinition;
  operation: Operation;
  /** The one message that all policies work on. */
  message: Message;
  /** The rest of the context: what policies and scripts see and set. */
  variables: JsonObject;
  /** Aborted when the client has gone or the gateway closes. */
  signal: AbortSignal;
  emit(event: GatewayEventBody): void;
}

/** What the gateway lends to its policies. */
export interface PolicyParts {
  engine: Engine;
  limits: GatewayLimits;
}

export type PolicyEnd =
  /** On to the next policy. */
  | { kind: 'next' }
  /** The assembly ends with this answer; `failed` says whether that is an error of the policy. */
  | { kind: 'answer'; response: GatewayResponse; failed: boolean; message: string | null }
  /** The target has switched protocols: the client gets this head, then bytes go both ways. */
  | { kind: 'switch'; head: ResponseHead; target: Duplex; rest: Buffer };

/** Runs one policy. `index` is its place in the assembly, from 0. */
export type Policy = (
  transaction: Transaction,
  node: PolicyNode,
  index: number,
  parts: PolicyParts,
) => Promise<PolicyEnd>;
