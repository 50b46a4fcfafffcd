// The exercises on a definition: what only looks like a guard, or a mend, is caught.
import { labForChecks } from '../examined.fixture.ts';
import { expectCaught } from './cheats.fixture.ts';

/** In front of the policy, in place of what the solution has. */
const script = (lines: string) => `      - gatewayscript:
          version: 2.0.0
          source: |
${lines.replace(/^ *(?=\S)/gm, '            ')}
      - websocket-upgrade:`;
const refuse = "{ context.reject('NoEntry', 'no'); context.message.statusCode = '401 Unauthorized'; }";
const security = /securityDefinitions:[\s\S]*?(?=paths:)/;
const jwt = / {6}- jwt-validate:[\s\S]*? {6}- websocket-upgrade:/;
const upgrade = '      - websocket-upgrade:';

expectCaught(labForChecks(), [
  {
    step: 'require-api-key',
    what: 'a script that knows one client id',
    swaps: [
      [security, ''],
      [
        upgrade,
        script(
          `if (context.get('request.headers.X-IBM-Client-Id') !== '3f1c0e5d9a7b4c2e8f60d1a2b3c4d5e6') ${refuse}`,
        ),
      ],
    ],
    fails: 'An application that has subscribed just now is accepted',
    received: /^status 401/,
  },
  {
    step: 'require-api-key',
    what: 'a script that takes any client id',
    swaps: [
      [security, ''],
      [upgrade, script(`if (!context.get('request.headers.X-IBM-Client-Id')) ${refuse}`)],
    ],
    fails: 'A client id that nobody has is refused',
    received: /^status 101/,
  },
  {
    step: 'require-api-key',
    what: 'a product that does not offer the API',
    swaps: [[/apis:\n.*\n.*\n/, 'apis: {}\n']],
    fails: 'The application of your product is accepted',
    received: /^status 401/,
  },
  {
    step: 'require-api-key',
    what: 'a product without an application',
    swaps: [[/x-lab-applications:[\s\S]*$/, '']],
    fails: 'Your product has an application',
    received: 'none',
  },
  {
    step: 'require-api-key',
    what: 'the key in another header',
    swaps: [['name: X-IBM-Client-Id', 'name: X-Api-Key']],
    fails: 'The application of your product is accepted',
    received: /^status 401/,
  },
  {
    step: 'validate-jwt',
    what: 'a script that reads the claims and believes them',
    swaps: [
      [
        jwt,
        script(`const [, claims] = String(context.get('request.headers.Authorization')).split('.');
          if (!claims || ![].concat(JSON.parse(Buffer.from(claims, 'base64').toString()).aud).includes('chat')) ${refuse}`),
      ],
    ],
    fails: 'A token that is signed with another key is refused',
    received: /^status 101/,
  },
  {
    step: 'validate-jwt',
    what: 'a script that takes any token',
    swaps: [[jwt, script(`if (!context.get('request.headers.Authorization')) ${refuse}`)]],
    fails: 'A token that is signed with another key is refused',
    received: /^status 101/,
  },
  {
    step: 'validate-jwt',
    what: 'a script that takes no token',
    swaps: [[jwt, script(refuse)]],
    fails: 'A valid token is accepted',
    received: /^status 401/,
  },
  {
    step: 'validate-jwt',
    what: 'a key of its own',
    swaps: [
      ['jws-jwk: api.properties.token-key', 'jws-jwk: api.properties.my-key'],
      [
        '  properties:\n',
        `  properties:\n    my-key: {value: '{"kty": "oct", "k": "bGV0IG5vYm9keSByZWFkIHRoaXMga2V5IGZvciBjaGF0"}'}\n`,
      ],
    ],
    fails: 'A valid token is accepted',
    received: /^status 401/,
  },
  {
    step: 'validate-jwt',
    what: 'no audience',
    swaps: [[/ *aud-claim.*\n/, '']],
    fails: 'A token for another audience is refused',
    received: /^status 101/,
  },
  {
    step: 'validate-jwt',
    what: 'an audience that is found anywhere',
    swaps: [['^chat$', 'chat']],
    fails: 'A token for an audience that begins alike is refused',
    received: /^status 101/,
  },
  {
    step: 'limit-messages',
    what: 'a limit of four',
    swaps: [['5/1hour', '4/1hour']],
    fails: 'Message 5 of 5 is answered',
    received: /no such message/,
  },
  {
    step: 'limit-messages',
    what: 'a limit of six',
    swaps: [['5/1hour', '6/1hour']],
    fails: 'Message 6 is not passed on',
    received: /^an answer/,
  },
  {
    step: 'limit-messages',
    what: 'a limit that only logs',
    swaps: [['value: 5/1hour', '{value: 5/1hour, hard-limit: false}']],
    fails: 'Message 6 is not passed on',
    received: /^an answer/,
  },
  {
    step: 'limit-messages',
    what: 'no messages at all',
    swaps: [[/- ratelimit:[\s\S]*$/, '- throw: {version: 2.1.0, name: TooMuch}\n']],
    fails: 'Message 1 of 5 is answered',
    received: /no such message/,
  },
  {
    step: 'limit-messages',
    what: 'a limit on handshakes beside it',
    swaps: [
      ['    messages:\n', '    handshakes: [{value: 1/1hour}]\n    messages:\n'],
      [
        upgrade,
        `      - ratelimit: {version: 2.3.0, source: catalog-named, rate-limit: [{name: handshakes}]}\n${upgrade}`,
      ],
    ],
    fails: 'Another client connects all the same',
    received: /status 429/,
  },
  {
    step: 'find-the-fault-4',
    what: 'a definition that lets nobody in',
    swaps: [["context.get('request.headers.X-Tenant') === undefined", 'true']],
    fails: 'A client with X-Tenant connects',
    received: /status 400/,
  },
  {
    step: 'find-the-fault-4',
    what: 'a definition that lets everybody in',
    swaps: [["context.get('request.headers.X-Tenant') === undefined", 'false']],
    fails: 'A client without X-Tenant is refused',
    received: /^status 101/,
  },
  {
    step: 'find-the-fault-4',
    what: 'a definition that knows one tenant',
    swaps: [
      [
        "context.get('request.headers.X-Tenant') === undefined",
        "context.get('request.headers.X-Tenant') !== 'acme'",
      ],
    ],
    fails: 'A client with X-Tenant connects',
    received: /status 400/,
  },
  {
    step: 'find-the-fault-4',
    what: 'a handler that makes 400 of every error',
    swaps: [['$(error.status.code)', '400']],
    fails: 'A client with X-Tenant, while the target is down, is refused',
    received: /^status 400/,
  },
  {
    step: 'find-the-fault-5',
    what: 'a server that makes text of everything',
    swaps: [['data, { binary: isBinary }', 'data.toString()']],
    fails: 'A binary message comes back as binary',
    received: /^the text message/,
  },
  {
    step: 'find-the-fault-5',
    what: 'a server that answers what the trace has',
    swaps: [['data, { binary: isBinary }', "'hello'"]],
    fails: 'A text message comes back as text',
    received: /^the text message hello/,
  },
]);
