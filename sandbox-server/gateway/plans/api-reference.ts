// Which deployed API a product means.
import type { ApiDefinition } from '../types.ts';
import type { ApiReference } from './product.ts';

/** From `{name: 'api:1.0.0'}` or `{$ref: 'api.yaml'}`; `null` for neither. */
export function readReference(written: {
  name?: string | undefined;
  $ref?: string | undefined;
}): ApiReference | null {
  if (written.$ref !== undefined) {
    const file = written.$ref.replace(/^.*[\\/]/, '').replace(/\.(ya?ml|json)$/i, '');
    return file === '' ? null : { file };
  }
  const at = written.name?.lastIndexOf(':') ?? -1;
  if (written.name === undefined || at < 1) return null;
  return { name: written.name.slice(0, at), version: written.name.slice(at + 1) };
}

/** A file is the API's by its name, or by `<name>_<version>` as the toolkit writes it. */
export function refersTo(
  reference: ApiReference,
  { name, version }: Pick<ApiDefinition, 'name' | 'version'>,
): boolean {
  if ('file' in reference) return reference.file === name || reference.file === `${name}_${version}`;
  return reference.name === name && reference.version === version;
}
