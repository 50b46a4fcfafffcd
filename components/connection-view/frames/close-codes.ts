// What the code of a Close frame means: RFC 6455 §7.4 and IANA's registry of WebSocket close codes.

const meanings: Record<number, string> = {
  1000: 'normal closure: the purpose is fulfilled',
  1001: 'going away: a server stops, or a page is left',
  1002: 'protocol error',
  1003: 'unsupported data: a type of data that this side does not take',
  1004: 'reserved: it has no meaning yet',
  1005: 'no code was there; it never stands in a frame',
  1006: 'ended without a Close frame; it never stands in a frame',
  1007: 'invalid payload: for example text that is not UTF-8',
  1008: 'policy violation',
  1009: 'message too big',
  1010: 'mandatory extension: the client wanted one that the server did not choose',
  1011: 'internal error',
  1012: 'service restart',
  1013: 'try again later',
  1014: 'bad gateway: the server behind gave a wrong answer',
  1015: 'TLS handshake failed; it never stands in a frame',
  3000: 'unauthorized',
  3003: 'forbidden',
  3008: 'timeout',
};

export function closeCodeMeaning(code: number): string {
  const known = meanings[code];
  if (known) return known;
  if (code < 1000) return 'not used: codes begin at 1000';
  if (code < 3000) return 'reserved for the protocol and its extensions';
  if (code < 4000) return 'for libraries and frameworks; not in IANA’s registry as the lab knows it';
  if (code < 5000) return 'private: its meaning is the application’s own';
  return 'not used: codes end at 4999';
}
