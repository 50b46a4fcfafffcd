// What deployment says of a condition: whether it can be parsed, and whether it is in the API gateway's own notation.
import type { JsonValue } from '../../../gatewayscript/types.ts';
import type { Finding } from '../../definition/rule.ts';
import { conditionFault, isGatewayScript } from './condition.ts';

export function checkCondition(condition: JsonValue | undefined, path: (string | number)[]): Finding[] {
  if (typeof condition !== 'string' || condition.trim() === '') {
    const message = "There is no condition. Write JSONata, e.g. $httpVerb() = 'GET'.";
    return [{ severity: 'error', rule: 'condition-missing', message, path }];
  }
  const fault = conditionFault(condition);
  if (fault !== null) {
    const message = `The condition cannot be read, so a request that reaches it fails: ${fault}.`;
    return [{ severity: 'warning', rule: 'condition-syntax', message, path }];
  }
  if (!isGatewayScript(condition)) return [];
  const message =
    "The condition is in the form of the v5-compatible gateway. The lab runs it; the API gateway wants JSONata, e.g. $httpVerb() = 'GET' and $operationPath() = '/chat'.";
  return [{ severity: 'warning', rule: 'condition-notation', message, path }];
}
