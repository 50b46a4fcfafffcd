// `require('session')`: the global `session` by another way, as scripts written for older gateways have it.

export default function createSessionModule({ session }) {
  return session;
}
