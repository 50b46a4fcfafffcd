// What a policy is given and what it may decide; each policy is one file beside this one.
import type { Duplex } from 'node:stream';
import type { z } from 'zod';
import type { Engine, HttpRequest, JsonObject, JsonValue, Message } from '../../gatewayscript/types.ts';
import type { DefinitionDocument } from '../definition/document.ts';
import type { Finding } from '../definition/rule.ts';
import type { GatewayEventBody } from '../events.ts';
import type { GatewayResponse } from '../handshake/error-response.ts';
import type { ResponseHead } from '../handshake/response-rules.ts';
import type { GatewayLimits } from '../limits.ts';
import type { MessageRules } from '../tunnel/messages/message-rules.ts';
import type { ApiDefinition, Operation, Organization, PolicyNode } from '../types.ts';
import type { JsonataProcess } from './condition/jsonata-process.ts';

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
  /** Whether what a policy changes in the context is told; if not given, it is. */
  tellsChanges?(): boolean;
}

/** What the gateway lends to its policies. */
export interface PolicyParts {
  engine: Engine;
  limits: GatewayLimits;
  conditions: JsonataProcess;
  /** Runs a branch of a policy, one policy after the other, as far as the first that does not end with `next`. */
  runPolicies(nodes: readonly PolicyNode[]): Promise<PolicyEnd>;
  /** The same on another transaction, such as one message of a connection that has switched protocols. */
  runPoliciesOn(transaction: Transaction, nodes: readonly PolicyNode[]): Promise<PolicyEnd>;
}

/** An error that the assembly's `catch` can name (`ConnectionError`, `JavaScriptError`, …); `message` is for the learner's log. */
export interface PolicyError {
  name: string;
  message: string;
  /** The title of the policy that failed; the runner adds it. */
  policyTitle?: string;
}

export type PolicyEnd =
  /** On to the next policy. */
  | { kind: 'next' }
  /** The assembly ends with this answer; `message` says why, where it is not plain. */
  | { kind: 'answer'; response: GatewayResponse; message: string | null }
  /** The policy failed: `catch` takes over, and where no handler fits the client gets `response`. */
  | { kind: 'error'; error: PolicyError; response: GatewayResponse }
  /** The target has switched protocols: the client gets this head, then bytes go both ways, or messages where there are rules for them. */
  | { kind: 'switch'; head: ResponseHead; target: Duplex; rest: Buffer; messages: MessageRules | null };

/** Runs one policy. */
export type Policy = (transaction: Transaction, node: PolicyNode, parts: PolicyParts) => Promise<PolicyEnd>;

/** A list of policies inside a policy: where it stands below the policy's properties, and its members as written. */
export interface Branch {
  path: (string | number)[];
  members: readonly JsonValue[];
}

/** One policy of the product that the lab runs: for deployment, for traffic, and for the reference. */
export interface PolicyKind {
  /** As in a definition. */
  name: string;
  /** The versions that the DataPower API Gateway has, the newest last. */
  versions: readonly string[];
  /** Names, types, defaults and words of its properties. Unknown ones are told by a rule. */
  properties: z.ZodObject;
  /** The lists of policies inside it, in the definition's order; none where it is not given. Takes properties of any shape. */
  branches?(properties: JsonObject): Branch[];
  /**
   * What deployment says of its values beyond their types; a finding's path leads on from the policy's properties.
   * Takes properties of any shape.
   */
  check?(properties: JsonObject, document: DefinitionDocument): Finding[];
  /** Called once for each policy that is deployed, before its first request: for what it needs of the rest of the definition. */
  prepare?(node: PolicyNode, document: DefinitionDocument): void;
  run: Policy;
}
