// Policies that the product has and the lab does not run: known by name, so that a definition with them is read, and the reader told what they do.
import { documented, type Standing, seen } from './schema/words.ts';

export interface ProductPolicy {
  description: string;
  standing: Standing;
}

/** By name, in the order of the alphabet. One that the lab comes to run leaves this list. */
export const PRODUCT_POLICIES: ReadonlyMap<string, ProductPolicy> = new Map(
  Object.entries({
    'activity-log': documented('Sets what analytics keep of a call.'),
    'client-security': documented('Asks for a client id and secret, and checks them.'),
    'graphql-introspect': documented('Answers a GraphQL introspection query from the schema.'),
    'html-page': documented('Sends a form to a browser and reads what comes back.'),
    javascript: seen('Runs a script on the Micro Gateway of version 5.'),
    'json-to-xml': documented('Turns a JSON body into XML, by BadgerFish or a like convention.'),
    map: documented('Puts values of one message into another, field by field.'),
    oauth: documented('Answers the steps of an OAuth provider: authorization, tokens, revocation.'),
    proxy: documented(
      'Sends the request on to a server and its answer back: the call of version 5, in place of invoke.',
    ),
    redact: documented('Takes fields out of a body or of the log, or blots them out.'),
    'validate-usernametoken': documented(
      'Checks a WS-Security user name and password: a policy of version 5.',
    ),
    'xml-to-json': documented('Turns an XML body into JSON, by BadgerFish or a like convention.'),
    xslt: documented('Transforms an XML body with a stylesheet.'),
  }),
);
