// `require('service-metadata')`: the `var://service/…` variables that have a meaning in the lab; every other fails by its name.
import { namingAbsentMembers } from '../absent-member.js';

const { freeze, defineProperty, keys } = Object;
const PREFIX = 'var://service/';

/**
 * IBM documents module and variables for the gateway's older services. Which of them the API gateway has is not published; these are
 * those of published scripts that a context variable stands for, so their mapping is the lab's choice.
 */
export default function createServiceMetadata({ host, context }) {
  const address = () => context.get('api.endpoint.address') ?? context.get('request.headers.Host') ?? '';
  const table = {
    URI: { read: () => context.get('request.uri') },
    'URL-in': { read: () => `https://${address()}${context.get('request.uri')}` },
    'protocol-method': { read: () => context.get('request.verb') },
    protocol: { read: () => 'https' },
    'domain-name': { read: () => 'apiconnect' },
    'global-transaction-id': { read: () => context.get('session.globalTransactionID') },
    'error-message': { read: () => context.get('error.message') },
    'error-protocol-response': variable('message.status.code'),
    'error-protocol-reason-phrase': variable('message.status.reason'),
    // Kept and without effect: in an assembly nothing is called that no policy calls.
    'mpgw/skip-backside': variable("service.mpgw['skip-backside']"),
  };

  function variable(name) {
    return { read: () => context.get(name), write: (value, call) => host.set(name, value, call) };
  }

  function found(name, call) {
    const key = typeof name === 'string' && name.startsWith(PREFIX) ? name.slice(PREFIX.length) : '';
    if (keys(table).includes(key)) return table[key];
    const shown = typeof name === 'string' ? `'${name.slice(0, 100)}'` : name === null ? 'null' : typeof name;
    throw new Error(
      `${call}: the lab has no variable ${shown}; it has ${keys(table)
        .map((each) => PREFIX + each)
        .join(', ')}`,
    );
  }

  const write = (entry, name, value, call) => {
    if (!entry.write) throw new TypeError(`${call}: '${name}' is read-only in the lab`);
    entry.write(value, call);
  };

  const metadata = {
    getVar: (name) => found(name, 'service-metadata.getVar').read(),
    setVar: (name, value) =>
      write(found(name, 'service-metadata.setVar'), name, value, 'service-metadata.setVar'),
    mpgw: {},
  };
  // Each has a dotted name too, such as `sm.URLIn` and `sm.mpgw.skipBackside`.
  for (const name of keys(table)) {
    const path = name.split('/').map((part) => part.replace(/-(.)/g, (_, letter) => letter.toUpperCase()));
    const owner = path.length === 2 ? metadata.mpgw : metadata;
    defineProperty(owner, path[path.length - 1], {
      enumerable: true,
      get: table[name].read,
      set: (value) => write(table[name], PREFIX + name, value, `service-metadata.${path.join('.')}`),
    });
  }
  metadata.mpgw = namingAbsentMembers('service-metadata.mpgw', freeze(metadata.mpgw));
  return freeze(metadata);
}
