// `require('console')`: the global `console` by another way, as scripts written for older gateways have it.

export default function createConsoleModule({ console }) {
  return console;
}
