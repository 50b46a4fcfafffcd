// Servers outside the lab that the operator lets targets name: by origin, and never into a private network that is not listed.
import { type LookupAddress, type LookupAllOptions, lookup as systemLookup } from 'node:dns';
import { connect as connectTcp, isIP, type LookupFunction } from 'node:net';
import { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import ipaddr from 'ipaddr.js';

/** Lab's choice, all of it: IBM's gateway reaches whatever its network does. */
export interface Elsewhere {
  /** `https://api.example.com`, as `URL.origin` writes them. */
  origins: readonly string[];
  /**
   * A byte stream to the server of a URL whose origin is listed; for `https` over TLS, with the certificate checked. The name is resolved
   * once, and the connection goes to what it gave. Never throws: what fails is the stream's error.
   */
  connect(url: URL): Duplex;
}

/** `lookup` of `node:dns`, as far as it is used. */
export type LookupAll = (
  name: string,
  options: LookupAllOptions,
  answer: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

export interface ElsewhereOptions {
  origins: readonly string[];
  /** Private networks that may be reached, in CIDR notation (RFC 4632). */
  networks: readonly string[];
  lookup?: LookupAll;
}

export function createElsewhere({ origins, networks, lookup = systemLookup }: ElsewhereOptions): Elsewhere {
  const listed = networks.map((network) => ipaddr.parseCIDR(network));

  function mayReach(address: string): boolean {
    // An IPv4 address in an IPv6 one is what it stands for.
    const parsed = ipaddr.process(address);
    if (parsed.range() === 'unicast') return true;
    return listed.some(([network, bits]) => network.kind() === parsed.kind() && parsed.match(network, bits));
  }

  const guardedLookup: LookupFunction = (name, options, answer) => {
    lookup(name, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      const within = addresses?.find(({ address }) => !mayReach(address));
      if (error) answer(error, '');
      else if (!first || within) answer(refusal(name), '');
      else if (options.all) answer(null, addresses);
      else answer(null, first.address, first.family);
    });
  };

  return {
    origins,
    connect(url) {
      const host = url.hostname.replace(/^\[|\]$/g, '');
      // An address is not looked up, so nothing else would hold it against the list.
      if (isIP(host) !== 0 && !mayReach(host)) return failing(refusal(host));
      const secure = url.protocol === 'https:';
      const port = Number(url.port) || (secure ? 443 : 80);
      const to = { host, port, lookup: guardedLookup };
      if (!secure) return connectTcp(to);
      return connectTls({
        ...to,
        ...(isIP(host) === 0 && { servername: host }),
        ALPNProtocols: ['http/1.1'],
      });
    },
  };
}

function refusal(host: string): Error {
  return Object.assign(
    new Error(`${host} leads into a private network that the operator has not listed in TARGET_NETWORKS`),
    { code: 'EACCES' },
  );
}

function failing(error: Error): Duplex {
  return new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() }).destroy(error);
}
