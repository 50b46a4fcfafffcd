// `require('url')`: the same as in GatewayScript, which is Node's, and shown by the console as newer releases show it.
import createGatewayScriptUrl from '../../../../gatewayscript/guest/modules/url.js';

const inspectCustom = Symbol.for('nodejs.util.inspect.custom');
const SHOWN = 'href origin protocol username password host hostname port pathname search searchParams hash';

export default function createUrl(lab) {
  const url = createGatewayScriptUrl(lab);
  Object.defineProperty(url.URL.prototype, inspectCustom, {
    value(depth, options, inspect) {
      if (depth < 0) return this;
      const parts = Object.fromEntries(SHOWN.split(' ').map((part) => [part, this[part]]));
      return `${this.constructor.name} ${inspect(parts, options)}`;
    },
  });
  return url;
}
