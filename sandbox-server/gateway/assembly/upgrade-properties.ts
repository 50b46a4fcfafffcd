// The properties of the policy `websocket-upgrade`: their types and defaults, for the deployment and for traffic.
import { z } from 'zod';
import type { JsonObject } from '../../gatewayscript/types.ts';
import { control, flag } from './property-types.ts';

const assembly = z.looseObject({ execute: z.array(z.unknown()).optional() });

/** Names, types and defaults as IBM documents them for version 2.0.0. `timeout` is in seconds. */
export const upgradeProperties = z.looseObject({
  version: z.union([z.string(), z.number()]).optional(),
  title: z.string().optional(),
  description: z.string().nullish(),
  'target-url': z.string().optional(),
  'tls-profile': z.string().nullish(),
  timeout: z.coerce.number().int().min(1).max(86_400).default(60),
  'follow-redirects': flag.default(false),
  username: z.string().nullish(),
  password: z.string().nullish(),
  'inject-proxy-headers': flag.default(false),
  'decode-request-params': flag.default(false),
  'encode-plus-char': flag.default(false),
  'header-control': control.nullish(),
  'parameter-control': control.nullish(),
  'request-assembly': assembly.nullish(),
  'response-assembly': assembly.nullish(),
});

export type UpgradeProperties = z.output<typeof upgradeProperties>;

/** Reads what deployment has already checked; a definition that skipped the check gives an error that names the property. */
export function readUpgradeProperties(properties: JsonObject): UpgradeProperties {
  return upgradeProperties.parse(properties);
}
