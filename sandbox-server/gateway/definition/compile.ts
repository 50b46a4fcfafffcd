// From a definition's text to what the gateway serves, with everything the product would have to say about it.
import type { JsonObject } from '../../gatewayscript/types.ts';
import { POLICIES } from '../assembly/policies.ts';
import type { ApiDefinition, Assembly, Compilation, Diagnostic, PolicyNode } from '../types.ts';
import { basePathOf, schemesOf } from './address.ts';
import { type DefinitionDocument, definitionDocument } from './document.ts';
import { type ListedPolicy, listAssembly, listPolicies } from './listed-assembly.ts';
import { listOperations } from './operations.ts';
import { labOf, propertiesOf } from './properties.ts';
import type { Finding, Rule, RuleSettings } from './rule.ts';
import { assembly } from './rules/assembly.ts';
import { assemblyLimits } from './rules/assembly-limits.ts';
import { basePath } from './rules/base-path.ts';
import { catchError } from './rules/catch-error.ts';
import { control } from './rules/control.ts';
import { gatewayType } from './rules/gateway-type.ts';
import { info } from './rules/info.ts';
import { labProperty } from './rules/lab-property.ts';
import { memberForm } from './rules/member-form.ts';
import { memberUnknown } from './rules/member-unknown.ts';
import { messagePolicy } from './rules/message-policy.ts';
import { openapiVersion } from './rules/openapi-version.ts';
import { operation } from './rules/operation.ts';
import { pathForm } from './rules/path-form.ts';
import { policyAfterUpgrade } from './rules/policy-after-upgrade.ts';
import { policyForm } from './rules/policy-form.ts';
import { policyProperties } from './rules/policy-properties.ts';
import { policyUnknown } from './rules/policy-unknown.ts';
import { policyValues } from './rules/policy-values.ts';
import { policyVersion } from './rules/policy-version.ts';
import { propertiesSize } from './rules/properties-size.ts';
import { propertyEffect } from './rules/property-effect.ts';
import { propertyForm } from './rules/property-form.ts';
import { propertyUnknown } from './rules/property-unknown.ts';
import { schemeWss } from './rules/scheme-wss.ts';
import { scriptSyntax } from './rules/script-syntax.ts';
import { security } from './rules/security.ts';
import { serverIgnored } from './rules/server-ignored.ts';
import { serverVariable } from './rules/server-variable.ts';
import { targetUrl } from './rules/target-url.ts';
import { tlsProfile } from './rules/tls-profile.ts';
import { variableUndefined } from './rules/variable-undefined.ts';
import { shapeFindings } from './shape.ts';
import { readSource, type Source } from './source.ts';

const RULES: readonly Rule[] = [
  openapiVersion,
  memberForm,
  memberUnknown,
  info,
  basePath,
  serverVariable,
  serverIgnored,
  schemeWss,
  pathForm,
  operation,
  gatewayType,
  assembly,
  policyForm,
  policyUnknown,
  policyVersion,
  propertyUnknown,
  policyProperties,
  policyValues,
  assemblyLimits,
  propertyEffect,
  scriptSyntax,
  targetUrl,
  variableUndefined,
  catchError,
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

/** Where the operator has set nothing. */
const NO_SETTINGS: RuleSettings = { targetOrigins: [] };

/** What compiling gives as plain data, which can go from one thread to another: the rest, `prepared` adds. */
export interface CompiledText extends Compilation {
  /** The whole definition, where one of its policies wants it when it is deployed. */
  document: DefinitionDocument | null;
}

/**
 * Compiles OpenAPI 2 or 3, YAML or JSON; `name` is the one it is deployed under. Never throws, whatever the text; its time grows with the text's length only.
 * With an `error` among the diagnostics there is no definition; warnings alone deploy.
 */
export function compileDefinition(text: string, name: string, settings = NO_SETTINGS): Compilation {
  return prepared(compileText(text, name, settings));
}

/** All of compiling that takes time. */
export function compileText(text: string, name: string, settings = NO_SETTINGS): CompiledText {
  const source = readSource(text);
  if (Array.isArray(source)) return refused(source);
  const parsed = definitionDocument.safeParse(source.value);
  if (!parsed.success) return refused(placed(shapeFindings(parsed.error, 'shape'), source));
  const document = parsed.data;
  const diagnostics = placed(
    RULES.flatMap((rule) => rule(document, settings)),
    source,
  );
  if (diagnostics.some(({ severity }) => severity === 'error')) return refused(diagnostics);
  const wanted = listPolicies(document).some(({ policy }) => POLICIES.get(policy)?.prepare);
  return { definition: build(document, source, name), diagnostics, document: wanted ? document : null };
}

function refused(diagnostics: Diagnostic[]): CompiledText {
  return { definition: null, diagnostics, document: null };
}

/** Gives each policy what it wants of the definition: quick, and on the thread that serves it. */
export function prepared({ definition, diagnostics, document }: CompiledText): Compilation {
  if (definition && document) {
    const { execute, catch: handlers, finally: last } = definition.assembly;
    for (const list of [execute, ...handlers.map((handler) => handler.execute), last])
      prepare(list, document);
  }
  return { definition, diagnostics };
}

function prepare(list: readonly PolicyNode[], document: DefinitionDocument): void {
  for (const node of list) {
    POLICIES.get(node.policy)?.prepare?.(node, document);
    for (const branch of node.branches) prepare(branch, document);
  }
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
  const build = ({ policy, properties, path, branches }: ListedPolicy): PolicyNode => ({
    index: index++,
    policy,
    title: typeof properties.title === 'string' ? properties.title : policy,
    properties,
    line: source.at(path).line,
    branches: branches.map((branch) => branch.map(build)),
  });
  return {
    execute: listed.execute.map(build),
    catch: listed.catch.map(({ errors, execute }) => ({ errors, execute: execute.map(build) })),
    finally: listed.finally.map(build),
  };
}
