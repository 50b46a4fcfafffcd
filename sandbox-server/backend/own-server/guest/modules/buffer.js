// `require('buffer')`: the same as in GatewayScript, which is Node's.
export { default } from '../../../../gatewayscript/guest/modules/buffer.js';
