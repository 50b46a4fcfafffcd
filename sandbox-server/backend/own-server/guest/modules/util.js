// `require('util')`: the same as in GatewayScript, but for what shows values: that is newer in Node.
import createGatewayScriptUtil from '../../../../gatewayscript/guest/modules/util.js';
import { format, formatWithOptions, inspect, stripVTControlCharacters } from '../inspect.js';

export default function createUtil(lab) {
  return { ...createGatewayScriptUtil(lab), format, formatWithOptions, inspect, stripVTControlCharacters };
}
