// The API's own properties for the catalog `sandbox`, and the lab's two among them.
import type { JsonObject, JsonValue } from '../../gatewayscript/types.ts';
import type { ApiDefinition } from '../types.ts';
import type { DefinitionDocument } from './document.ts';

/** Name to value; what `catalogs` says for the catalog `sandbox`, in any case, goes before the property's own value. */
export function propertiesOf(document: DefinitionDocument): JsonObject {
  const configuration = document['x-ibm-configuration'];
  const values = new Map<string, JsonValue>();
  for (const [name, property] of Object.entries(configuration?.properties ?? {}))
    values.set(name, typeof property === 'object' ? (property?.value ?? '') : property);
  for (const [catalog, overridden] of Object.entries(configuration?.catalogs ?? {})) {
    if (catalog.toLowerCase() !== 'sandbox') continue;
    for (const [name, value] of Object.entries(overridden?.properties ?? {})) values.set(name, value);
  }
  return Object.fromEntries(values);
}

export const LAB_ECHO = ['upgrade', 'none'] as const;
export const LAB_ATTACH = ['none', 'uppercase'] as const;

/** A value that the lab does not know counts as the default; a rule warns of it. */
export function labOf(properties: JsonObject): ApiDefinition['lab'] {
  const echo = LAB_ECHO.find((value) => value === properties['lab-echo']) ?? 'upgrade';
  const attach = LAB_ATTACH.find((value) => value === properties['lab-attach']) ?? 'none';
  return { echo, attach };
}

/** A text with the references that a property answers replaced; `open` are those that only traffic can answer. */
export function withProperties(text: string, properties: JsonObject): { text: string; open: string[] } {
  const open: string[] = [];
  const resolved = text.replaceAll(/\$\(([^()]*)\)/g, (reference, written: string) => {
    const name = written.trim().replace(/^api\.properties\./, '');
    const value = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (typeof value === 'string' || typeof value === 'number') return String(value);
    open.push(written.trim());
    return reference;
  });
  return { text: resolved, open };
}
