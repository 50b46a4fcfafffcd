// Which OpenAPI it is: the lab reads 2.0 and 3.0.
import type { Rule } from '../rule.ts';

export const openapiVersion: Rule = ({ swagger, openapi, product }) => {
  if (swagger !== undefined && openapi !== undefined) {
    return [found('swagger', 'The definition has both swagger and openapi. Keep the one that it is.')];
  }
  if (openapi !== undefined) {
    return /^3\.\d/.test(openapi)
      ? []
      : [found('openapi', `openapi is ${openapi}, but must be 3.0.x or 3.1.x.`)];
  }
  if (swagger === undefined && product !== undefined)
    return [found('product', 'This is a product file and no API definition. Deploy it as a product.')];
  if (swagger === undefined)
    return [
      found(
        'swagger',
        "The definition does not say what it is. Begin with swagger: '2.0' or openapi: 3.0.3.",
      ),
    ];
  return swagger === '2.0' ? [] : [found('swagger', `swagger is ${swagger}, but must be '2.0'.`)];
};

function found(member: string, message: string) {
  return { severity: 'error' as const, rule: 'openapi-version', message, path: [member] };
}
