// The error of a connection to a port where nothing listens, as a socket has it.

export function refusedConnection(port: number, why: string): Error {
  return Object.assign(new Error(`connect ECONNREFUSED: port ${port} of the sandbox ${why}`), {
    code: 'ECONNREFUSED',
  });
}
