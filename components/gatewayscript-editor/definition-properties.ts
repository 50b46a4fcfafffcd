// The properties of an API definition, so that a run sees the values that the deployed API would.
import { parse } from 'yaml';

/**
 * Name to value; the values for the catalog `sandbox` go before the property's own, as in the gateway.
 * Nothing for a text that is no definition: to say so is the deployment's business.
 */
export function definitionProperties(definition: string): Record<string, unknown> {
  const configuration = members(members(parsed(definition))['x-ibm-configuration']);
  const own = Object.entries(members(configuration.properties)).map(([name, property]) => [
    name,
    members(property).value ?? '',
  ]);
  const ofCatalog = Object.entries(members(configuration.catalogs))
    .filter(([catalog]) => catalog.toLowerCase() === 'sandbox')
    .flatMap(([, catalog]) => Object.entries(members(members(catalog).properties)));
  return Object.fromEntries([...own, ...ofCatalog]);
}

function parsed(definition: string): unknown {
  try {
    // As the gateway reads it.
    return parse(definition, { merge: true });
  } catch {
    return null;
  }
}

function members(value: unknown): Partial<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
