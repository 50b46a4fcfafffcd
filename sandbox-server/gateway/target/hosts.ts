// The names under which a sandbox's own servers are reached; every other host is outside.

/** A target URL with one of these hosts means a server of its sandbox, in this process. */
export const SANDBOX_HOSTS: ReadonlySet<string> = new Set(['backend', 'localhost', '127.0.0.1']);
