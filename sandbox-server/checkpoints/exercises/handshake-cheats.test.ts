// The exercises on a scripted handshake: what only looks like a solution is caught.
import { labForChecks } from '../examined.fixture.ts';
import { type Cheat, expectCaught } from './cheats.fixture.ts';

const lab = labForChecks();

const constant: Cheat['swaps'] = [[/crypto\.createHash.*\('base64'\)/, "'s3pPLMBiTxaQ9kYGzzhZRbK+xOo='"]];
const wrongAccept = { fails: /gets the accept value of its own key/, received: /s3pPLMBiTxaQ9kYGzzhZRbK/ };

expectCaught(
  lab,
  ['every-client', 'refuse-without-key', 'pick-subprotocol', 'find-the-fault-1'].map((step) => ({
    step,
    what: 'an accept value that was written down',
    swaps: constant,
    ...wrongAccept,
  })),
);

expectCaught(lab, [
  {
    step: 'every-client',
    what: 'the answer of the tutorial, which reads nothing',
    swaps: [["upgrade === 'websocket' && asks.includes('upgrade')", 'true']],
    fails: 'A request with no Upgrade, Connection: keep-alive is refused',
    received: /^status 101/,
  },
  {
    step: 'every-client',
    what: 'a look at the one spelling of Upgrade',
    swaps: [["headers.Upgrade')).toLowerCase()", "headers.Upgrade'))"]],
    fails:
      /^A client with (Upgrade: \w+, Connection: \w+|UPGRADE: WebSocket, CONNECTION: upgrade) is accepted$/,
    received: /^status 400/,
  },
  {
    step: 'every-client',
    what: 'a look at the one spelling of Connection',
    swaps: [
      ["headers.Connection')).toLowerCase()", "headers.Connection'))"],
      ["includes('upgrade')", "includes('Upgrade')"],
    ],
    fails:
      /^A client with (Upgrade: \w+, Connection: \w+|UPGRADE: WebSocket, CONNECTION: upgrade) is accepted$/,
    received: /^status 400/,
  },
  {
    step: 'every-client',
    what: 'a Connection that is no list',
    swaps: [["asks.includes('upgrade')", "connection === 'upgrade'"]],
    fails: /^A client with Connection: keep-alive, \w+ is accepted$/,
    received: /^status 400/,
  },
  {
    step: 'every-client',
    what: 'a list with a space behind each comma',
    swaps: [["split(',').map((part) => part.trim())", "split(', ')"]],
    fails: /^A client with Connection: Upgrade,x[0-9a-f]{8} is accepted$/,
    received: /^status 400/,
  },
  {
    step: 'every-client',
    what: 'a Connection that only holds the word',
    swaps: [["asks.includes('upgrade')", "connection.includes('upgrade')"]],
    fails: /^A request with Connection: no-upgrade, x[0-9a-f]{8} is refused$/,
    received: /^status 101/,
  },
  {
    step: 'every-client',
    what: 'an Upgrade that only begins so',
    swaps: [["upgrade === 'websocket'", "upgrade.startsWith('websocket')"]],
    fails: /^A request with Upgrade: websocket[0-9a-f]{8} is refused$/,
    received: /^status 101/,
  },
  {
    step: 'every-client',
    what: 'the client’s own Connection in the answer',
    swaps: [["'message.headers.Connection', 'Upgrade'", "'message.headers.Connection', connection"]],
    fails: /^A client with Connection: keep-alive, \w+ is told Connection: Upgrade and nothing else$/,
    received: /^Connection: keep-alive, upgrade\n/,
  },
  {
    step: 'every-client',
    what: 'Upgrade alone',
    swaps: [[/.*message\.headers\.Connection.*\n/, '']],
    fails: /is told Connection: Upgrade and nothing else$/,
    received: /^no Connection\n/,
  },
  {
    step: 'every-client',
    what: 'Connection alone',
    swaps: [[/.*message\.headers\.Upgrade.*\n/, '']],
    fails: /is told Upgrade: websocket and nothing else$/,
    received: /^no Upgrade\n/,
  },
  {
    step: 'every-client',
    what: 'an Upgrade to two protocols',
    swaps: [["'message.headers.Upgrade', 'websocket'", "'message.headers.Upgrade', 'websocket, h2c'"]],
    fails: /is told Upgrade: websocket and nothing else$/,
    received: /^Upgrade: websocket, h2c\n/,
  },
  ...(
    [
      ['Upgrade alone', [/.*headers\.Connection.*\n/, ''], 'The 101 has Connection', /\(not there\)/],
      ['Connection alone', [/.*headers\.Upgrade.*\n/, ''], 'The 101 has Upgrade', /\(not there\)/],
      [
        'an Upgrade to two protocols',
        ["'websocket'", "'websocket, h2c'"],
        'A strict client, ws, connects',
        /refused the answer[\s\S]*Invalid Upgrade header/,
      ],
    ] as const
  ).map(([what, swap, fails, received]) => ({
    step: 'handshake-handler',
    what,
    swaps: [swap],
    fails,
    received,
  })),
  {
    step: 'refuse-without-key',
    what: 'a script that answers 400 to everything',
    swaps: [['key === undefined', 'true']],
    fails: 'A correct handshake is accepted',
    received: /^status 400/,
  },
  {
    step: 'refuse-without-key',
    what: 'another status',
    swaps: [['400', '403']],
    fails: 'A handshake without Sec-WebSocket-Key is refused',
    received: /^status 403/,
  },
  {
    step: 'refuse-without-key',
    what: 'a look for an empty key',
    swaps: [['key === undefined', "key === ''"]],
    fails: 'A handshake without Sec-WebSocket-Key is refused',
    received: /^status 101/,
  },
  {
    step: 'refuse-wrong-version',
    what: 'a script that answers 426 to everything',
    swaps: [["version !== '13'", 'true']],
    fails: 'A handshake of version 13 is accepted',
    received: /^status 426/,
  },
  {
    step: 'refuse-wrong-version',
    what: 'a look at the first two digits',
    swaps: [["version !== '13'", "!String(version).startsWith('13')"]],
    fails: /^A handshake of version 13\d is refused$/,
    received: /^status 101/,
  },
  {
    step: 'refuse-wrong-version',
    what: 'a list of one wrong version',
    swaps: [["version !== '13'", "version === '8x'"]],
    fails: /^A handshake of version \d+ is refused$/,
    received: /^status 101/,
  },
  {
    step: 'refuse-wrong-version',
    what: 'a script that lets a missing version pass',
    swaps: [["version !== '13'", "version !== undefined && version !== '13'"]],
    fails: 'A handshake without a version is refused',
    received: /^status 101/,
  },
  {
    step: 'refuse-wrong-version',
    what: 'a refusal that does not say what would do',
    swaps: [[/.*headers\.Sec-WebSocket-Version', .*\n/, '']],
    fails: 'The refusal says which version would do',
    received: /\(not there\)/,
  },
  ...(
    [
      ['that it begins right', 'OWN_ORIGINS.some((own) => origin.startsWith(own))', /begins like one/],
      ['that it ends right', "origin.endsWith('shop.example')", /ends like one/],
      ['its host alone', "OWN_ORIGINS.includes(origin.replace('http:', 'https:'))", /same host without TLS/],
      ['that it is null', "(origin === 'null' || OWN_ORIGINS.includes(origin))", /sandboxed page/],
      [
        'its domain',
        '/^https:\\/\\/([a-z0-9]+\\.)?shop\\.example$/.test(origin)',
        /subdomain that is not in the list/,
      ],
    ] as const
  ).map(([what, test, fails]) => ({
    step: 'refuse-foreign-origin',
    what: `a look at the origin for ${what}`,
    swaps: [['OWN_ORIGINS.includes(origin)', test]] as const,
    fails,
    received: /^status 101/,
  })),
  {
    step: 'refuse-foreign-origin',
    what: 'a script that refuses every page',
    swaps: [['!OWN_ORIGINS.includes(origin)', 'true']],
    fails: 'The origin https://shop.example is accepted',
    received: /^status 403/,
  },
  {
    step: 'refuse-foreign-origin',
    what: 'a list of one page',
    swaps: [[", 'https://admin.shop.example'", '']],
    fails: 'The origin https://admin.shop.example is accepted',
    received: /^status 403/,
  },
  {
    step: 'refuse-foreign-origin',
    what: 'a script that refuses programs too',
    swaps: [['origin !== undefined && ', '']],
    fails: 'A client without an Origin is accepted',
    received: /^status 403/,
  },
]);
