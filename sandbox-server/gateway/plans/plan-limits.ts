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
  const listed = offered.operations?.find((each) => isOperation(each, operation));
  if (offered.operations && !listed) return null;
  return listed?.limits ?? offered.limits ?? plan.limits;
}

export function isOperation({ id, method, path }: PlanOperation, operation: Operation): boolean {
  if (id !== null) return id === operation.id;
  return method === operation.method && path === operation.path;
}
