import { X509Certificate } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadCertificate } from './certificate.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'certificate-'));
});
afterEach(() => rm(folder, { recursive: true }));

const day = 86_400_000;

describe('the certificate', () => {
  it('is for localhost, both loopback addresses and the configured hosts', async () => {
    const { cert } = await loadCertificate(folder, ['lab.example', '192.0.2.7', '0.0.0.0', '']);
    const x509 = new X509Certificate(cert);
    for (const name of ['localhost', 'lab.example']) expect(x509.checkHost(name)).toBe(name);
    for (const address of ['127.0.0.1', '::1', '192.0.2.7']) expect(x509.checkIP(address)).toBeDefined();
    expect(x509.checkIP('0.0.0.0')).toBeUndefined();
    // By these names a client says before its path which sandbox it wants.
    expect(x509.checkHost('maple-heron.lab.example')).toBe('*.lab.example');
    expect(x509.subjectAltName).toContain('DNS:*.localhost');
    expect(x509.subjectAltName).not.toContain('*.192');
    expect(x509.verify(x509.publicKey)).toBe(true);
  });

  it('is kept for the next start, readable by its owner alone, in one whole file', async () => {
    const first = await loadCertificate(join(folder, 'new'), []);
    expect(await loadCertificate(join(folder, 'new'), [])).toEqual(first);
    const [file, ...others] = await readdir(join(folder, 'new'));
    expect(others).toEqual([]);
    expect((await stat(join(folder, 'new', file ?? ''))).mode & 0o777).toBe(0o600);
  });

  it('is made anew shortly before its end, and for a host that it does not name', async () => {
    const now = new Date();
    const first = await loadCertificate(folder, [], now);
    const later = (days: number) => new Date(now.getTime() + days * day);
    expect(await loadCertificate(folder, [], later(380))).toEqual(first);
    const second = await loadCertificate(folder, [], later(390));
    expect(second).not.toEqual(first);
    expect(await loadCertificate(folder, ['other.example'], later(390))).not.toEqual(second);
  });

  it('is made anew where the file is damaged', async () => {
    const first = await loadCertificate(folder, []);
    const [file = ''] = await readdir(folder);
    const text = await readFile(join(folder, file), 'utf8');
    for (const damaged of ['', 'no PEM', text.replace(/[A-Z]{3}/, 'AAA'), text.slice(0, -100)]) {
      await writeFile(join(folder, file), damaged);
      const next = await loadCertificate(folder, []);
      expect(new X509Certificate(next.cert).checkHost('localhost')).toBe('localhost');
      expect(next).not.toEqual(first);
    }
  });
});
