// The properties of the policy `user-security`, as IBM documents them; those of forms, redirects and LDAP are without effect in the lab.
import { z } from 'zod';
import { commonProperties, flag, wholeNumber } from '../property-types.ts';

const documented = (description: string) => ({ description, standing: 'documented' }) as const;
const unused = (description: string) => ({ ...documented(description), effect: 'none' }) as const;
const text = z.string().nullish();
const seconds = (usual: number, max: number) => wholeNumber(10, max).default(usual);

export const userSecurityProperties = z
  .looseObject({
    ...commonProperties,
    'factor-id': z
      .string()
      .regex(/^[A-Za-z_][\w-]*$/, 'expected a name, e.g. default')
      .default('default')
      .meta(documented('The name under which the results stand in the context, at user.<factor-id>.')),
    'extract-identity-method': z
      .enum(['disabled', 'basic', 'context-var', 'html-form', 'redirect'])
      .default('basic')
      .meta(
        documented(
          'Where user name and password come from: basic is the Authorization header, context-var two variables. html-form and redirect are not run in the lab.',
        ),
      ),
    'ei-stop-on-error': flag
      .default(true)
      .meta(documented('Whether the assembly stops where there are no credentials.')),
    'user-context-var': text.meta(documented('The variable that holds the user name, for context-var.')),
    'pass-context-var': text.meta(documented('The variable that holds the password, for context-var.')),
    'user-auth-method': z
      .enum(['disabled', 'auth-url', 'user-registry', 'ldap'])
      .default('user-registry')
      .meta(
        documented(
          'Who checks the credentials: a server at auth-url, which answers 200 for good ones, or a user registry. ldap is not run in the lab.',
        ),
      ),
    'au-stop-on-error': flag
      .default(true)
      .meta(documented('Whether the assembly stops where the credentials are not good.')),
    'auth-url': text.meta({
      ...documented(
        'The server that is asked with a GET and Basic credentials. In the lab: a server of the sandbox.',
      ),
      examples: ['http://backend:8080/authenticate'],
    }),
    'user-registry': text.meta(
      documented(
        'The registry that checks the credentials. In the lab: the API property of that name, either an object of users and passwords, or the address of an authentication server.',
      ),
    ),
    'auth-response-headers-pattern': z
      .string()
      .default('(?i)x-api*')
      .meta(documented('Which headers of the server’s answer go into the context, by a regular expression.')),
    'auth-response-header-credential': z
      .string()
      .default('X-API-Authenticated-Credential')
      .meta(documented('The header of the server’s answer that names the authenticated user.')),
    'user-az-method': z
      .enum(['disabled', 'authenticated', 'html-form'])
      .default('authenticated')
      .meta(documented('Whether a user who is authenticated may go on. html-form is not run in the lab.')),
    'az-stop-on-error': flag
      .default(true)
      .meta(documented('Whether the assembly stops where the user is not authorized.')),
    'auth-tls-client-profile': text.meta(unused('The TLS client profile for auth-url.')),
    'ldap-registry': text.meta(unused('The LDAP registry.')),
    'ei-default-form': flag.default(true).meta(unused('Whether the default login page is shown.')),
    'ei-custom-form': text.meta(unused('The address of an own login page.')),
    'ei-custom-form-tls-client-profile': text.meta(unused('The TLS client profile for the own login page.')),
    'ei-form-time-limit': seconds(300, 600).meta(unused('Seconds to fill in the login page.')),
    'redirect-url': text.meta(unused('Where the user is sent for credentials.')),
    'redirect-time-limit': seconds(300, 6_000).meta(unused('Seconds to come back from there.')),
    'az-default-form': flag.default(true).meta(unused('Whether the default page for consent is shown.')),
    'az-custom-form': text.meta(unused('The address of an own page for consent.')),
    'az-custom-form-tls-client-profile': text.meta(
      unused('The TLS client profile for the own page for consent.'),
    ),
    'az-form-time-limit': seconds(300, 600).meta(unused('Seconds to give consent.')),
    'az-table-display-checkboxes': flag
      .default(false)
      .meta(unused('Whether the page for consent has check boxes.')),
    'az-table-dynamic-entries': text.meta(
      unused('The variable with further entries of the page for consent.'),
    ),
    'az-table-default-entry': z
      .array(z.looseObject({}))
      .nullish()
      .meta(unused('Entries of the page for consent.')),
  })
  .meta(
    documented(
      'Takes a user’s credentials from the request, has them checked, and lets the user go on. At a WebSocket it acts once, on the handshake.',
    ),
  );

export type UserSecurityProperties = z.output<typeof userSecurityProperties>;
