// The target of `websocket-upgrade` and of `invoke`: there, http or https, and a server of the sandbox, or one elsewhere that the operator allows.
import { readTarget } from '../../target/url.ts';
import type { DefinitionDocument } from '../document.ts';
import { type ListedPolicy, listPolicies } from '../listed-assembly.ts';
import { propertiesOf, withProperties } from '../properties.ts';
import type { Finding, Rule, RuleSettings } from '../rule.ts';

const WITH_TARGET = new Set(['websocket-upgrade', 'invoke']);

export const targetUrl: Rule = (document, settings) =>
  listPolicies(document)
    .filter(({ policy }) => WITH_TARGET.has(policy))
    .flatMap((listed) => checkTarget(document, listed, settings));

function checkTarget(
  document: DefinitionDocument,
  { policy, properties, path }: ListedPolicy,
  { targetOrigins: origins }: RuleSettings,
): Finding[] {
  const place = [...path, 'target-url'];
  const written = properties['target-url'];
  if (written === undefined || written === null || written === '') {
    const message = `${policy} has no target-url. Name the server, e.g. target-url: http://backend:8091.`;
    return [{ severity: 'error', rule: 'target-url-missing', message, path: place }];
  }
  // A value that is no text is told by the rule for the properties' types.
  if (typeof written !== 'string') return [];

  const { text, open } = withProperties(written, propertiesOf(document));
  const findings: Finding[] = [];
  // With a reference left, only the scheme can be told now.
  if (open.length > 0 && !/^wss?:/i.test(text)) return findings;

  const target = readTarget(open.length > 0 ? text.replaceAll(/\$\([^()]*\)/g, 'localhost') : text, {
    origins,
  });
  if ('fault' in target) {
    if (open.length > 0 && target.fault.rule !== 'target-url-scheme') return findings;
    return [...findings, { severity: 'error', ...target.fault, path: place }];
  }
  if (target.url.port === '' && target.port !== null) {
    const message = `target-url names no port, so it means port ${target.port}. The uppercase server is on 8091.`;
    findings.push({ severity: 'warning', rule: 'target-url-port', message, path: place });
  }
  if (target.url.username !== '' || target.url.password !== '') {
    const message = `The user in target-url is not sent, and stands in the log. Write username and password under ${policy}.`;
    findings.push({ severity: 'warning', rule: 'target-url-form', message, path: place });
  }
  if (target.url.hash !== '') {
    const message = 'What follows # in target-url is a fragment, which is never sent. Take it away.';
    findings.push({ severity: 'warning', rule: 'target-url-form', message, path: place });
  }
  return findings;
}
