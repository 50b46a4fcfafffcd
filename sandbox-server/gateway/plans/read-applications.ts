// Who subscribes to the plans of a product: the lab's own extension, since the product does it in its Developer Portal.
import { listNames } from '../definition/list-names.ts';
import type { Finding } from '../definition/rule.ts';
import type { IssueKey } from './issue-key.ts';
import type { Application, Plan } from './product.ts';
import type { ProductDocument } from './product-document.ts';

export function readApplications(
  document: ProductDocument,
  plans: readonly Plan[],
  issue: IssueKey,
  findings: Finding[],
): Map<string, Application> {
  const applications = new Map<string, Application>();
  const names = new Set<string>();
  for (const [i, written] of (document['x-lab-applications'] ?? []).entries()) {
    const path = ['x-lab-applications', i];
    const error = (rule: string, message: string, member: string) =>
      findings.push({ severity: 'error', rule, message, path: [...path, member] });

    const { name } = written;
    const plan = plans.find((each) => each.name === written.plan);
    if (!plan) {
      const known = listNames(plans.map((each) => each.name));
      error('application-plan', `The product has no plan ${written.plan}. It has ${known}.`, 'plan');
      continue;
    }
    const clientId = written['client-id'] ?? issue('client-id', name);
    if (names.has(name)) error('application-twice', `There is an application ${name} already.`, 'name');
    else if (applications.has(clientId))
      error('application-twice', 'Another application has this client id already.', 'client-id');
    names.add(name);
    applications.set(clientId, {
      name,
      clientId,
      clientSecret: written['client-secret'] ?? issue('client-secret', name),
      secretMade: written['client-secret'] === undefined,
      organization: written.organization,
      lifecycleState: written['lifecycle-state'],
      plan,
    });
  }
  return applications;
}
