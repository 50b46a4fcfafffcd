// The plans of a product, read, with everything that is wrong between them and the APIs.
import { listNames } from '../definition/list-names.ts';
import type { Finding } from '../definition/rule.ts';
import { readReference, refersTo } from './api-reference.ts';
import type { ApiOutline } from './compile-product.ts';
import { nameOf, namesOf } from './limits-of.ts';
import type { ApiReference, LimitGroup, Plan, PlanApi, PlanOperation } from './product.ts';
import { type ProductDocument, planForm } from './product-document.ts';
import { readLimits } from './read-limits.ts';

type Path = (string | number)[];
type WrittenPlan = NonNullable<ProductDocument['plans']>[string];
type WrittenPlanApi = NonNullable<WrittenPlan['apis']>[string];

/** The APIs by the names that the plans use, each with the deployed one where there is one. */
type Referenced = ReadonlyMap<string, ReferencedApi>;

interface ReferencedApi {
  reference: ApiReference;
  /** `null` where no deployed API is meant. */
  operations: ReadonlySet<string> | null;
}

export function readPlans(
  document: ProductDocument,
  deployed: readonly ApiOutline[],
  findings: Finding[],
): Plan[] {
  const apis = readApis(document, deployed, findings);
  const plans = Object.entries(document.plans ?? {});
  if (plans.length === 0)
    findings.push(
      warning('product-empty', 'The product has no plan, so nobody can subscribe. Add one under plans.', [
        'plans',
      ]),
    );
  // One list for all plans: each with its own would grow with the square of the text.
  const all = [...apis.values()].map(({ reference }) => ({ reference, limits: null, operations: null }));
  return plans.map(([name, written]) => {
    const { limits, offered } = readPlan(name, written, apis, findings);
    return { name, title: written.title ?? name, limits, apis: offered ?? all };
  });
}

function readApis(
  document: ProductDocument,
  deployed: readonly ApiOutline[],
  findings: Finding[],
): Referenced {
  const apis = new Map<string, ReferencedApi>();
  const known = listNames(deployed.map(({ name, version }) => `${name}:${version}`));
  for (const [key, written] of Object.entries(document.apis ?? {})) {
    const path = ['apis', key];
    const reference = readReference(written);
    if (!reference) {
      const message = `${key} does not say which API it is. Write name: '<name>:<version>', or $ref: <file>.`;
      findings.push({ severity: 'error', rule: 'product-api-form', message, path });
      continue;
    }
    const api = deployed.find((each) => refersTo(reference, each));
    apis.set(key, { reference, operations: api ? new Set(api.operations.flatMap(namesOf)) : null });
    if (api) continue;
    const wanted =
      'file' in reference ? `the file ${reference.file}` : `${reference.name}:${reference.version}`;
    findings.push(warning('product-api-unknown', `No deployed API is ${wanted}. There is ${known}.`, path));
  }
  if (Object.keys(document.apis ?? {}).length === 0)
    findings.push(warning('product-empty', 'The product has no API. Name one under apis.', ['apis']));
  return apis;
}

/** `offered` is `null` where the plan lists no API. */
function readPlan(
  name: string,
  written: WrittenPlan,
  apis: Referenced,
  findings: Finding[],
): { limits: LimitGroup; offered: PlanApi[] | null } {
  const path = ['plans', name];
  findings.push(...unknownMembers(written, path));
  const limits = readLimits(written, '', path, findings);
  if (!limits || (limits.limits.length > 0 && limits.limits.every(({ calls }) => calls === null))) {
    const message = `The plan ${name} has no limit of its own: calls are not counted, but for those of an API or operation with limits.`;
    findings.push({ severity: 'info', rule: 'plan-unlimited', message, path });
  }
  const listed = Object.entries(written.apis ?? {});
  const offered = listed.flatMap(
    ([key, api]) => readPlanApi(key, api, apis, [...path, 'apis', key], findings) ?? [],
  );
  return { limits: limits ?? { scope: '', limits: [] }, offered: listed.length > 0 ? offered : null };
}

/** An API as a plan has it; `null` where the product has no API of this name. */
function readPlanApi(
  key: string,
  written: WrittenPlanApi,
  apis: Referenced,
  path: Path,
  findings: Finding[],
): PlanApi | null {
  const known = apis.get(key);
  if (!known) {
    const message = `The plan names the API ${key}, which the product does not have. It has ${listNames(apis.keys())}.`;
    findings.push({ severity: 'error', rule: 'product-plan-api', message, path });
    return null;
  }
  const operations = (written?.operations ?? []).map((operation, i): PlanOperation => {
    const at = [...path, 'operations', i];
    const read: PlanOperation = {
      id: operation.operationId ?? null,
      method: operation.operation?.toLowerCase() ?? null,
      path: operation.path ?? null,
      limits: readLimits(operation, JSON.stringify([key, i]), at, findings),
    };
    if (known.operations && !known.operations.has(nameOf(read))) {
      const message = `The API ${key} has no such operation. Name it by operation and path, or by operationId.`;
      findings.push(warning('product-operation-unknown', message, at));
    }
    return read;
  });
  return {
    reference: known.reference,
    limits: written ? readLimits(written, JSON.stringify([key]), path, findings) : null,
    operations: operations.length > 0 ? operations : null,
  };
}

/** Further members that published plans have, without effect here. */
const WITHOUT_EFFECT = /^(x-|assembly-(rate|burst|count)-limits$|billing|graphql-)/;

function unknownMembers(written: WrittenPlan, path: Path): Finding[] {
  return Object.keys(written)
    .filter((member) => !Object.hasOwn(planForm.shape, member) && !WITHOUT_EFFECT.test(member))
    .map((member) => {
      const message = `A plan has no member ${member}. It has ${Object.keys(planForm.shape).join(', ')}.`;
      return warning('plan-member-unknown', message, [...path, member]);
    });
}

function warning(rule: string, message: string, path: Path): Finding {
  return { severity: 'warning', rule, message, path };
}
