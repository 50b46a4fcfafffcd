// Who calls, once the gateway knows: the application, the plan that lets it call this operation, and the context that policies see of it.
import type { JsonObject } from '../../gatewayscript/types.ts';
import type { ApiDefinition, Operation } from '../types.ts';
import { limitsOf } from './limits-of.ts';
import type { Application, LimitGroup, Product } from './product.ts';

export interface Client {
  application: Application;
  product: Product;
  limits: LimitGroup;
}

/**
 * The application of this client id whose plan offers the operation. `unknown` where no product of the sandbox has one, `not-subscribed` with the
 * application where its plans do not offer the operation.
 */
export function findClient(
  products: Iterable<Product>,
  clientId: string,
  api: ApiDefinition,
  operation: Operation,
): Client | { fault: 'unknown' } | { fault: 'not-subscribed'; application: Application } {
  let subscribedElsewhere: Application | undefined;
  for (const product of products) {
    const application = product.applications.get(clientId);
    if (!application) continue;
    const limits = limitsOf(application.plan, api, operation);
    if (limits) return { application, product, limits };
    subscribedElsewhere ??= application;
  }
  if (subscribedElsewhere) return { fault: 'not-subscribed', application: subscribedElsewhere };
  return { fault: 'unknown' };
}

/** `client.*` and `plan.*` ("API Connect context variables"); ids are names where the product has ids of its own (lab's choice). Without a client they are not set. */
export function clientVariables(client: Client | null): JsonObject {
  if (!client) return {};
  const { application, product } = client;
  const { organization, plan } = application;
  return {
    client: {
      app: {
        id: application.clientId,
        name: application.name,
        'lifecycle-state': application.lifecycleState,
      },
      org: { id: organization, name: organization },
    },
    plan: {
      id: `${product.name}:${product.version}:${plan.name}`,
      name: plan.name,
      version: product.version,
    },
  };
}
