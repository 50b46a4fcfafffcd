// A product as the HTTP interface tells it: what its plans allow, and with which ids its applications call.
import type { Product } from '../gateway/plans/product.ts';

/** With `secrets`, those that the lab made up are told; one that stands in the file never is. `null`: a stored text that passes no more. */
export function productAnswer(name: string, product: Product | null, { secrets }: { secrets: boolean }) {
  return {
    name,
    title: product?.title ?? name,
    version: product?.version ?? '',
    plans: (product?.plans ?? []).map((plan) => ({
      name: plan.name,
      title: plan.title,
      limits: plan.limits.limits.map(({ name: limit, text, hard }) => ({ name: limit, value: text, hard })),
    })),
    applications: [...(product?.applications.values() ?? [])].map((application) => ({
      name: application.name,
      organization: application.organization,
      plan: application.plan.name,
      clientId: application.clientId,
      clientSecret: secrets && application.secretMade ? application.clientSecret : null,
    })),
  };
}
