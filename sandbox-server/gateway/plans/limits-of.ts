// What a plan says about one operation: whether it offers it, and which limits count.
import type { ApiDefinition, Operation } from '../types.ts';
import { refersTo } from './api-reference.ts';
import type { LimitGroup, Plan, PlanOperation } from './product.ts';

/** The limits that count: those of the operation, else of the API, else of the plan; `null` where the plan does not offer the operation. */
export function limitsOf(
  plan: Plan,
  api: Pick<ApiDefinition, 'name' | 'version'>,
  operation: Operation,
): LimitGroup | null {
  const offered = plan.apis.find(({ reference }) => refersTo(reference, api));
  if (!offered) return null;
  const names = namesOf(operation);
  const listed = offered.operations?.find((each) => names.includes(nameOf(each)));
  if (offered.operations && !listed) return null;
  return listed?.limits ?? offered.limits ?? plan.limits;
}

/** An operation of a plan is named by its id, where it says one, else by method and path. */
export function nameOf({ id, method, path }: PlanOperation): string {
  return id === null ? `${method} ${path}` : `#${id}`;
}

/** Both names that a plan can call an operation by. */
export function namesOf({ id, method, path }: Pick<Operation, 'id' | 'method' | 'path'>): string[] {
  return [`${method} ${path}`, ...(id === null ? [] : [`#${id}`])];
}
