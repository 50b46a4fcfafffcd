// The policies that the lab runs, by their names in a definition.
import { gatewayscript } from './gatewayscript.ts';
import { invoke } from './invoke/invoke.ts';
import { jwtGenerate } from './jwt/jwt-generate.ts';
import { jwtValidate } from './jwt/jwt-validate.ts';
import { logPolicy } from './log.ts';
import { parse } from './parse/parse.ts';
import type { PolicyKind } from './policy.ts';
import { ratelimit } from './ratelimit/ratelimit.ts';
import { setVariable } from './set-variable.ts';
import { ifPolicy } from './switch/if.ts';
import { operationSwitch } from './switch/operation-switch.ts';
import { switchPolicy } from './switch/switch.ts';
import { throwPolicy } from './throw.ts';
import { userSecurity } from './user-security/user-security.ts';
import { validate } from './validate/validate.ts';
import { websocketUpgrade } from './websocket-upgrade.ts';

const KINDS: readonly PolicyKind[] = [
  gatewayscript,
  ifPolicy,
  invoke,
  jwtGenerate,
  jwtValidate,
  logPolicy,
  operationSwitch,
  parse,
  ratelimit,
  setVariable,
  switchPolicy,
  throwPolicy,
  userSecurity,
  validate,
  websocketUpgrade,
];

export const POLICIES: ReadonlyMap<string, PolicyKind> = new Map(KINDS.map((kind) => [kind.name, kind]));
