// The TLS listener's self-signed certificate: made at the first start, kept in the data folder, renewed when its time is over.
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { generate } from 'selfsigned';

/** PEM texts. */
export interface Certificate {
  key: string;
  cert: string;
}

const FILE = 'gateway-certificate.pem';
const DAY_MS = 86_400_000;
/** Browsers refuse certificates that live longer than 398 days (CA/Browser Forum), also where a reader has trusted it by hand. */
const LIFETIME_DAYS = 397;
const RENEWED_BEFORE_END_DAYS = 14;

/**
 * The certificate for localhost, 127.0.0.1, ::1 and `hosts`, and for the names right below each (`maple-heron.localhost`), from `<folder>/gateway-certificate.pem` (mode 0600) or made anew, if the one there
 * is about to end, is for other hosts or cannot be read. Rejects where the folder cannot be written.
 */
export async function loadCertificate(
  folder: string,
  hosts: readonly string[],
  now = new Date(),
): Promise<Certificate> {
  const named = [...new Set(['localhost', '127.0.0.1', '::1', ...hosts.filter(isCertifiable)])];
  const wanted = named.flatMap((host) => (isIP(host) === 0 ? [host, `*.${host}`] : [host]));
  const file = join(folder, FILE);
  const kept = await readCertificate(file);
  if (kept && isUsable(kept, wanted, now)) return kept;

  const made = await makeCertificate(wanted, now);
  await mkdir(folder, { recursive: true });
  // Written beside and then renamed, so that a stop in between leaves the old one whole.
  const next = `${file}.${process.pid}`;
  await writeFile(next, made.key + made.cert, { mode: 0o600 });
  await chmod(next, 0o600);
  await rename(next, file);
  return made;
}

/** All interfaces is no name that a client could ask for. */
function isCertifiable(host: string): boolean {
  return host !== '' && host !== '0.0.0.0' && host !== '::';
}

async function readCertificate(file: string): Promise<Certificate | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const [key] = /-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]+-----END [A-Z ]*PRIVATE KEY-----\n?/.exec(text) ?? [];
  const [cert] = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----\n?/.exec(text) ?? [];
  return key && cert ? { key, cert } : undefined;
}

function isUsable({ key, cert }: Certificate, hosts: readonly string[], now: Date): boolean {
  try {
    const x509 = new X509Certificate(cert);
    const inTime =
      x509.validFromDate <= now &&
      x509.validToDate.getTime() - now.getTime() > RENEWED_BEFORE_END_DAYS * DAY_MS;
    const names = x509.subjectAltName?.split(', ') ?? [];
    const forAll = hosts.every((host) =>
      isIP(host) === 0 ? names.includes(`DNS:${host}`) : x509.checkIP(host) !== undefined,
    );
    return inTime && forAll && x509.checkPrivateKey(createPrivateKey(key));
  } catch {
    return false;
  }
}

async function makeCertificate(hosts: readonly string[], now: Date): Promise<Certificate> {
  const made = await generate([{ name: 'commonName', value: hosts[0] ?? 'localhost' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    // An hour of grace for clients whose clock is behind.
    notBeforeDate: new Date(now.getTime() - 3_600_000),
    notAfterDate: new Date(now.getTime() + LIFETIME_DAYS * DAY_MS - 3_600_000),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: hosts.map((host) => (isIP(host) === 0 ? { type: 2, value: host } : { type: 7, ip: host })),
      },
    ],
  });
  return { key: withNewline(made.private), cert: withNewline(made.cert) };
}

function withNewline(pem: string): string {
  return `${pem.replaceAll('\r\n', '\n').trimEnd()}\n`;
}
