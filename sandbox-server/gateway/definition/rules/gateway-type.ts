// `websocket-upgrade` is a policy of the DataPower API Gateway only (documented).
import type { Rule } from '../rule.ts';

export const gatewayType: Rule = (document) => {
  const configuration = document['x-ibm-configuration'];
  if (!configuration || configuration.gateway === 'datapower-api-gateway') return [];
  const found = configuration.gateway === undefined ? 'is not set' : `is ${configuration.gateway}`;
  const message = `x-ibm-configuration.gateway ${found}; websocket-upgrade and GatewayScript as taught here need datapower-api-gateway.`;
  return [{ severity: 'warning', rule: 'gateway-type', message, path: ['x-ibm-configuration', 'gateway'] }];
};
