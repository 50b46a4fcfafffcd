// `require('util')`: the same as in GatewayScript, which is Node's.
export { default } from '../../../../gatewayscript/guest/modules/util.js';
