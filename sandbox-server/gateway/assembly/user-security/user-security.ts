// The policy `user-security`: who is the user, are the credentials good, may the user go on; each step can be left out.
import type { JsonObject } from '../../../gatewayscript/types.ts';
import type { DefinitionDocument } from '../../definition/document.ts';
import { propertiesOf } from '../../definition/properties.ts';
import type { Finding } from '../../definition/rule.ts';
import { readControl } from '../../target/control.ts';
import { readTarget } from '../../target/url.ts';
import { failed } from '../failure.ts';
import type { Policy, PolicyEnd, PolicyKind, Transaction } from '../policy.ts';
import { propertyReader, refers } from '../property-reader.ts';
import { writeVariable } from '../variable.ts';
import { authenticate } from './authenticate.ts';
import { type Credentials, extractCredentials } from './credentials.ts';
import { type UserSecurityProperties, userSecurityProperties } from './properties.ts';

const read = propertyReader(userSecurityProperties);

const run: Policy = async (transaction, node, { limits }) => {
  const properties = read(node, transaction);
  // The results stand where the product's own default for dynamic entries, user.default.az, points; their names are lab's choice.
  const tell = (step: 'ei' | 'au' | 'az', results: JsonObject) =>
    writeVariable(`user.${properties['factor-id']}.${step}`, results, transaction);

  let credentials: Credentials | null = null;
  if (properties['extract-identity-method'] !== 'disabled') {
    const extracted = extractCredentials(properties, transaction);
    if ('why' in extracted) {
      tell('ei', { success: false });
      if (properties['ei-stop-on-error']) return unauthorized(extracted.why, transaction);
    } else {
      ({ credentials } = extracted);
      tell('ei', { success: true, username: credentials.username });
    }
  }

  let authenticated = properties['user-auth-method'] === 'disabled' && credentials !== null;
  if (properties['user-auth-method'] !== 'disabled') {
    const result = credentials
      ? await authenticate(credentials, properties, transaction, limits)
      : { why: 'there are no credentials to check' };
    authenticated = !('why' in result);
    tell('au', 'why' in result ? { success: false } : { success: true, ...result });
    if ('why' in result && properties['au-stop-on-error']) return unauthorized(result.why, transaction);
  }

  if (properties['user-az-method'] !== 'disabled') {
    const authorized = authenticated && properties['user-az-method'] === 'authenticated';
    tell('az', { success: authorized });
    if (!authorized && properties['az-stop-on-error'])
      return unauthorized(notAuthorized(properties), transaction);
  }
  return { kind: 'next' };
};

export const userSecurity: PolicyKind = {
  name: 'user-security',
  // The newer one stands in assemblies that the product itself generates for OAuth providers.
  versions: ['2.0.0', '2.1.0'],
  properties: userSecurityProperties,
  check: checkUserSecurity,
  run,
};

function notAuthorized(properties: UserSecurityProperties): string {
  return properties['user-az-method'] === 'html-form'
    ? 'the lab does not run html-form'
    : 'the user is not authenticated, so not authorized';
}

/** 401 with the challenge of RFC 7617; sentence and realm are lab's choice, since the product's are not published. */
function unauthorized(why: string, transaction: Transaction): PolicyEnd {
  return failed(transaction, {
    name: 'UnauthorizedError',
    why,
    status: 401,
    moreInformation: 'The user could not be authenticated',
    headers: [['WWW-Authenticate', `Basic realm="${transaction.organization.catalog}"`]],
  });
}

function checkUserSecurity(properties: JsonObject, document: DefinitionDocument): Finding[] {
  const { data } = userSecurityProperties.safeParse(properties);
  if (!data || refers(properties)) return [];
  return [...missing(data), ...unfit(data), ...closed(data), ...registryOf(data, document)];
}

/** What a chosen method needs. */
function missing(properties: UserSecurityProperties): Finding[] {
  const needs: [boolean, 'user-context-var' | 'pass-context-var' | 'auth-url' | 'user-registry'][] = [
    [properties['extract-identity-method'] === 'context-var', 'user-context-var'],
    [properties['extract-identity-method'] === 'context-var', 'pass-context-var'],
    [properties['user-auth-method'] === 'auth-url', 'auth-url'],
    [properties['user-auth-method'] === 'user-registry', 'user-registry'],
  ];
  return needs
    .filter(([needed, name]) => needed && !properties[name])
    .map(([, name]) => ({
      severity: 'error',
      rule: 'user-security-missing',
      message: `user-security has no ${name}, which the method that it names needs.`,
      path: [name],
    }));
}

function unfit(properties: UserSecurityProperties): Finding[] {
  const findings: Finding[] = [];
  if (properties['user-auth-method'] === 'auth-url' && properties['auth-url']) {
    const target = readTarget(properties['auth-url']);
    if ('fault' in target) {
      const message = target.fault.message.replace('target-url', 'auth-url');
      findings.push({ severity: 'error', rule: target.fault.rule, message, path: ['auth-url'] });
    }
  }
  const name = 'auth-response-headers-pattern';
  const pattern = readControl({ type: 'allowlist', values: [properties[name]] });
  if ('fault' in pattern)
    findings.push({
      severity: 'error',
      rule: 'control-pattern',
      message: `${name}: ${pattern.fault}.`,
      path: [name],
    });
  return findings;
}

/** Methods that the lab does not run let nobody through: that must be told. */
function closed(properties: UserSecurityProperties): Finding[] {
  const methods: ['extract-identity-method' | 'user-auth-method' | 'user-az-method', string[]][] = [
    ['extract-identity-method', ['html-form', 'redirect']],
    ['user-auth-method', ['ldap']],
    ['user-az-method', ['html-form']],
  ];
  return methods
    .filter(([name, unrun]) => unrun.includes(properties[name]))
    .map(([name]) => ({
      severity: 'warning',
      rule: 'not-emulated',
      message: `The lab does not run ${properties[name]}: nobody gets past it.`,
      path: [name],
    }));
}

function registryOf(properties: UserSecurityProperties, document: DefinitionDocument): Finding[] {
  const name = properties['user-auth-method'] === 'user-registry' ? properties['user-registry'] : null;
  if (!name || Object.hasOwn(propertiesOf(document), name)) return [];
  const message = `There is no user registry ${name}, so nobody gets past it: the lab takes it from the API property of that name.`;
  return [{ severity: 'warning', rule: 'user-security-registry', message, path: ['user-registry'] }];
}
