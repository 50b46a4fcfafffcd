// From a definition's text to what the gateway serves, with everything the product would have to say about it.
import type { JsonObject } from '../../gatewayscript/types.ts';
import { POLICIES } from '../assembly/policies.ts';
import type { ApiDefinition, Assembly, Compilation, Diagnostic, PolicyNode } from '../types.ts';
import { basePathOf, schemesOf } from './address.ts';
import { type DefinitionDocument, definitionDocument } from './document.ts';
import { type ListedPolicy, listAssembly } from './listed-assembly.ts';
import { listOperations } from './operations.ts';
import { labOf, propertiesOf } from './properties.ts';
import type { Finding, Rule } from './rule.ts';
import { assembly } from './rules/assembly.ts';
import { assemblyLimits } from './rules/assembly-limits.ts';
import { basePath } from './rules/base-path.ts';
import { control } from './rules/control.ts';
import { gatewayType } from './rules/gateway-type.ts';
import { info } from './rules/info.ts';
import { labProperty } from './rules/lab-property.ts';
import { messagePolicy } from './rules/message-policy.ts';
import { openapiVersion } from './rules/openapi-version.ts';
import { operation } from './rules/operation.ts';
import { policyAfterUpgrade } from './rules/policy-after-upgrade.ts';
import { policyForm } from './rules/policy-form.ts';
import { policyProperties } from './rules/policy-properties.ts';
import { policyUnknown } from './rules/policy-unknown.ts';
import { policyValues } from './rules/policy-values.ts';
import { policyVersion } from './rules/policy-version.ts';
import { propertiesSize } from './rules/properties-size.ts';
import { propertyEffect } from './rules/property-effect.ts';
import { propertyForm } from './rules/property-form.ts';
import { schemeWss } from './rules/scheme-wss.ts';
import { scriptSyntax } from './rules/script-syntax.ts';
import { security } from './rules/security.ts';
import { targetUrl } from './rules/target-url.ts';
import { tlsProfile } from './rules/tls-profile.ts';
import { shapeFindings } from './shape.ts';
import { readSource, type Source } from './source.ts';

const RULES: readonly Rule[] = [
  openapiVersion,
  info,
  basePath,
  schemeWss,
  operation,
  gatewayType,
  assembly,
  policyForm,
  policyUnknown,
  policyVersion,
  policyProperties,
  policyValues,
  assemblyLimits,
  propertyEffect,
  scriptSyntax,
  targetUrl,
  control,
  tlsProfile,
  policyAfterUpgrade,
  messagePolicy,
  security,
  propertyForm,
  labProperty,
  propertiesSize,
];

/** Diagnostics beyond these are not told; a reader mends the first ones first. */
const MAX_DIAGNOSTICS = 200;

/**
 * Compiles OpenAPI 2 or 3, YAML or JSON; `name` is the one it is deployed under. Never throws, whatever the text; its time grows with the text's length only.
 * With an `error` among the diagnostics there is no definition; warnings alone deploy.
 */
export function compileDefinition(text: string, name: string): Compilation {
  const source = readSource(text);
  if (Array.isArray(source)) return { definition: null, diagnostics: source };
  const parsed = definitionDocument.safeParse(source.value);
  if (!parsed.success) {
    return { definition: null, diagnostics: placed(shapeFindings(parsed.error, 'shape'), source) };
  }
  const document = parsed.data;
  const diagnostics = placed(
    RULES.flatMap((rule) => rule(document)),
    source,
  );
  const refused = diagnostics.some(({ severity }) => severity === 'error');
  return { definition: refused ? null : build(document, source, name), diagnostics };
}

/** In the order of the text, errors first where the list has to be cut. */
export function placed(findings: readonly Finding[], source: Source): Diagnostic[] {
  const kept = [...findings].sort((a, b) => weight(a) - weight(b)).slice(0, MAX_DIAGNOSTICS);
  return kept
    .map((finding) => ({ ...finding, ...source.at(finding.path) }))
    .sort((a, b) => a.line - b.line || a.column - b.column);
}

function weight({ severity }: Finding): number {
  return ['error', 'warning', 'info'].indexOf(severity);
}

function build(document: DefinitionDocument, source: Source, name: string): ApiDefinition {
  const properties: JsonObject = propertiesOf(document);
  return {
    name: document.info?.['x-ibm-name'] ?? name,
    title: document.info?.title ?? name,
    version: document.info?.version ?? '1.0.0',
    basePath: basePathOf(document),
    schemes: schemesOf(document),
    operations: listOperations(document),
    properties,
    lab: labOf(properties),
    assembly: buildAssembly(document, source),
  };
}

function buildAssembly(document: DefinitionDocument, source: Source): Assembly {
  const listed = listAssembly(document);
  let index = 0;
  const build = ({ policy, properties, path, branches }: ListedPolicy): PolicyNode => {
    const node = {
      index: index++,
      policy,
      title: typeof properties.title === 'string' ? properties.title : policy,
      properties,
      line: source.at(path).line,
      branches: branches.map((branch) => branch.map(build)),
    };
    POLICIES.get(policy)?.prepare?.(node, document);
    return node;
  };
  return {
    execute: listed.execute.map(build),
    catch: listed.catch.map(({ errors, execute }) => ({ errors, execute: execute.map(build) })),
    finally: listed.finally.map(build),
  };
}
