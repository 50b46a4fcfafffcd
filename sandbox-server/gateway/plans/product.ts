// A product that passed: its plans with their limits, who subscribes to them, and the users that Basic authentication knows.
import type { LimitCounts } from './limit-counts.ts';
import type { Limit } from './rate-limit.ts';

/** Limits that count together: those of the plan are shared by all its operations, an override has a count of its own. */
export interface LimitGroup {
  /** What they are for, as a key for counting. */
  scope: string;
  limits: readonly Limit[];
}

/** An operation as a plan names it: by id, or by method and path. */
export interface PlanOperation {
  id: string | null;
  method: string | null;
  path: string | null;
  /** Its own limits; `null` where those of the API or the plan count. */
  limits: LimitGroup | null;
}

export interface PlanApi {
  reference: ApiReference;
  limits: LimitGroup | null;
  /** `null` for all operations of the API. */
  operations: PlanOperation[] | null;
}

/** `name:version`, or the name of a file. */
export type ApiReference = { name: string; version: string } | { file: string };

export interface Plan {
  name: string;
  title: string;
  limits: LimitGroup;
  apis: PlanApi[];
}

export interface Application {
  name: string;
  clientId: string;
  clientSecret: string;
  /** Whether the lab made the secret up, since the file has none. */
  secretMade: boolean;
  /** The consumer organization that the application belongs to. */
  organization: string;
  lifecycleState: 'DEVELOPMENT' | 'PRODUCTION';
  plan: Plan;
}

export interface Product {
  name: string;
  title: string;
  version: string;
  plans: Plan[];
  /** By client id. */
  applications: ReadonlyMap<string, Application>;
  /** Registry to user name to password. */
  registries: ReadonlyMap<string, ReadonlyMap<string, string>>;
  counts: LimitCounts;
}
