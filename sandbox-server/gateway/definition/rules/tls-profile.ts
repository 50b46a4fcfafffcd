// The TLS profile of `websocket-upgrade`: it names what an administrator has set up, which the lab does not have.
import { listPolicies } from '../listed-assembly.ts';
import type { Finding, Rule } from '../rule.ts';

export const tlsProfile: Rule = (document) =>
  listPolicies(document)
    .filter(({ policy, properties }) => policy === 'websocket-upgrade' && Boolean(properties['tls-profile']))
    .map(({ properties, path }): Finding => {
      const plain = /^http:/i.test(String(properties['target-url'] ?? ''));
      const message = plain
        ? 'tls-profile has no effect on a target-url that starts with http://. Use https:// for TLS to the target.'
        : 'The lab has no TLS profiles: it speaks TLS to an https target and does not check its certificate.';
      return { severity: 'warning', rule: 'tls-profile', message, path: [...path, 'tls-profile'] };
    });
