// Policies that the product has and the lab does not run: known by name, so that a definition with them is read, and the reader told what they do.
import { POLICIES } from '../assembly/policies.ts';
import { documented, type Standing, seen } from './schema/words.ts';

export interface ProductPolicy {
  description: string;
  standing: Standing;
}

const ALL: Readonly<Record<string, ProductPolicy>> = {
  'activity-log': documented('Sets what analytics keep of a call.'),
  'client-security': documented('Asks for a client id and secret, and checks them.'),
  'graphql-execute': documented('Runs a GraphQL query against the servers of a GraphQL API.'),
  'graphql-introspect': documented('Answers a GraphQL introspection query from the schema.'),
  'html-page': documented('Sends a form to a browser and reads what comes back.'),
  if: documented('Runs its policies where a condition holds.'),
  javascript: seen('Runs a script on the Micro Gateway of version 5.'),
  'json-to-xml': documented('Turns a JSON body into XML, by BadgerFish or a like convention.'),
  log: documented('Sets what the gateway’s activity log keeps of a call.'),
  map: documented('Puts values of one message into another, field by field.'),
  oauth: documented('Answers the steps of an OAuth provider: authorization, tokens, revocation.'),
  'operation-switch': documented('Runs other policies for each operation.'),
  proxy: documented(
    'Sends the request on to a server and its answer back: the call of version 5, in place of invoke.',
  ),
  redact: documented('Takes fields out of a body or of the log, or blots them out.'),
  'set-variable': documented('Sets, adds or clears variables and headers.'),
  switch: documented('Runs the policies of the first case whose condition holds.'),
  throw: documented('Raises an error by name, which a catch can take.'),
  'validate-usernametoken': documented('Checks a WS-Security user name and password: a policy of version 5.'),
  'xml-to-json': documented('Turns an XML body into JSON, by BadgerFish or a like convention.'),
  xslt: documented('Transforms an XML body with a stylesheet.'),
};

/** By name, in the order of the alphabet, without those that the lab runs by now. */
export const PRODUCT_POLICIES: ReadonlyMap<string, ProductPolicy> = new Map(
  Object.entries(ALL).filter(([name]) => !POLICIES.has(name)),
);
