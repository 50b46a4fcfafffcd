// `require('querystring')`: the same as in GatewayScript, which is Node's.
export { default } from '../../../../gatewayscript/guest/modules/querystring.js';
