// What `curl -v` tells of a TLS connection, without the lines of each handshake message.
import type { TLSSocket } from 'node:tls';

export function connectionLines(
  socket: TLSSocket,
  hostname: string,
  port: number,
  offered: readonly string[],
): string {
  const cipher = socket.getCipher();
  const certificate = socket.getPeerCertificate();
  const names = (of: Partial<Record<string, string | string[]>> | undefined) =>
    Object.entries(of ?? {})
      .map(([name, value]) => `${name}=${String(value)}`)
      .join('; ');
  const accepted = socket.alpnProtocol || 'http/1.1';
  const lines = [
    `Connected to ${hostname} (${socket.remoteAddress}) port ${port} (#0)`,
    `ALPN: offers ${offered.join(',')}`,
    `SSL connection using ${socket.getProtocol()} / ${cipher.name}`,
    `ALPN: server accepted ${accepted}`,
    'Server certificate:',
    ` subject: ${names(certificate.subject)}`,
    ` start date: ${certificate.valid_from}`,
    ` expire date: ${certificate.valid_to}`,
    ` issuer: ${names(certificate.issuer)}`,
    socket.authorized
      ? ' SSL certificate verify ok.'
      : ' SSL certificate verify result: self-signed certificate (18), continuing anyway.',
    `using ${accepted === 'h2' ? 'HTTP/2' : 'HTTP/1.1'}`,
  ];
  return lines.map((line) => `* ${line}\n`).join('');
}
