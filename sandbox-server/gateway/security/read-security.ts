// Which security each operation of a definition asks for: its own, or that of the whole API.
import { z } from 'zod';
import type { DefinitionDocument } from '../definition/document.ts';
import { listNames } from '../definition/list-names.ts';
import type { Finding } from '../definition/rule.ts';
import { shapeFindings } from '../definition/shape.ts';
import {
  type ReadScheme,
  readScheme,
  type SecurityAlternative,
  type SecurityScheme,
  schemeForm,
} from './scheme.ts';

type Path = (string | number)[];

export interface DefinedSecurity {
  /** One of these must be passed; none where anybody may call. */
  of(path: string, method: string): SecurityAlternative[];
  findings: Finding[];
}

const schemes = z.record(z.string(), schemeForm).nullish();
/** Each request is held against all of them, so that their number has a bound (lab's choice). */
const requirements = z.array(z.record(z.string(), z.unknown())).max(20);
const asked = z.looseObject({ security: requirements.nullish() });
const form = z.looseObject({
  security: requirements.nullish(),
  securityDefinitions: schemes,
  components: z.looseObject({ securitySchemes: schemes }).nullish(),
});

/** A rule and the list of operations ask for the same document. */
const known = new WeakMap<DefinitionDocument, DefinedSecurity>();

/**
 * `securityDefinitions` of OpenAPI 2, `components.securitySchemes` of OpenAPI 3. An operation's own list replaces the API's, an empty one lifts it;
 * the members of a list are alternatives, the names in one member are asked for together (OpenAPI 2.0 and 3.0, "Security Requirement Object").
 */
export function readSecurity(document: DefinitionDocument): DefinedSecurity {
  const before = known.get(document);
  if (before) return before;
  const made = read(document);
  known.set(document, made);
  return made;
}

function read(document: DefinitionDocument): DefinedSecurity {
  const parsed = form.safeParse(document);
  if (!parsed.success) return { of: () => [], findings: shapeFindings(parsed.error, 'security-form') };
  const { security, securityDefinitions, components } = parsed.data;
  const place: Path =
    document.openapi === undefined ? ['securityDefinitions'] : ['components', 'securitySchemes'];
  const written = document.openapi === undefined ? securityDefinitions : components?.securitySchemes;
  const defined = new Map(
    Object.entries(written ?? {}).map(([name, scheme]) => [name, readScheme(name, scheme)] as const),
  );

  const findings: Finding[] = [...defined].flatMap(([name, { warning }]) =>
    warning ? [{ severity: 'warning' as const, ...warning, path: [...place, name] }] : [],
  );
  const ofApi = alternatives(security ?? [], ['security'], defined, findings);
  const ofOperations = new Map<string, SecurityAlternative[]>();
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const [method, operation] of Object.entries(item ?? {})) {
      // Beside operations a path has members of other shapes, such as `parameters`.
      if (!holdsSecurity(operation)) continue;
      const at: Path = ['paths', path, method];
      const own = asked.safeParse(operation);
      if (!own.success) findings.push(...shapeFindings(own.error, 'security-form', at));
      else if (own.data.security) {
        const listed = alternatives(own.data.security, [...at, 'security'], defined, findings);
        ofOperations.set(`${method} ${path}`, listed);
      }
    }
  }
  findings.push(...restrictions([...ofApi, ...[...ofOperations.values()].flat()].flat()));
  return { of: (path, method) => ofOperations.get(`${method} ${path}`) ?? ofApi, findings };
}

function holdsSecurity(operation: unknown): boolean {
  return typeof operation === 'object' && operation !== null && 'security' in operation;
}

function alternatives(
  written: z.output<typeof requirements>,
  path: Path,
  defined: ReadonlyMap<string, ReadScheme>,
  findings: Finding[],
): SecurityAlternative[] {
  return written.map((requirement, i) => {
    const names = Object.keys(requirement);
    const unknown = names.find((name) => !defined.has(name));
    if (unknown !== undefined) {
      const message = `security asks for ${listNames([unknown])}, which no scheme of the definition is named. It has ${listNames(defined.keys())}.`;
      findings.push({ severity: 'error', rule: 'security-unknown', message, path: [...path, i, unknown] });
    }
    const together = names.flatMap((name) => defined.get(name)?.scheme ?? []);
    const kinds = new Set(together.map(({ kind }) => kind));
    if (kinds.has('client-secret') && !kinds.has('client-id')) {
      const message =
        'A client secret alone tells no application. Ask for the client id with it, in the same member of the list.';
      findings.push({ severity: 'warning', rule: 'security-secret-alone', message, path: [...path, i] });
    }
    return together;
  });
}

/** What an API may ask for at most ("Enforcing security requirements on an API"); the lab lets more pass, and says so. */
function restrictions(asked: readonly SecurityScheme[]): Finding[] {
  const limited = { 'client-id': 'client id', 'client-secret': 'client secret', basic: 'Basic' } as const;
  return (['client-id', 'client-secret', 'basic'] as const).flatMap((kind) => {
    const names = [...new Set(asked.filter((scheme) => scheme.kind === kind).map(({ name }) => name))];
    if (names.length < 2) return [];
    const message = `The API asks for ${names.length} ${limited[kind]} schemes: ${listNames(names)}. API Connect takes one at most; the lab takes any of them.`;
    return [{ severity: 'warning' as const, rule: 'security-restriction', message, path: ['security'] }];
  });
}
