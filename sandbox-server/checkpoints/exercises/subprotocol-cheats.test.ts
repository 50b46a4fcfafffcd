// The exercise on subprotocols: what names one by luck is caught.
import { labForChecks } from '../examined.fixture.ts';
import { expectCaught } from './cheats.fixture.ts';

const choice = 'KNOWN.find((name) => offered.includes(name))';
const cheats = [
  ['the first of the offer', [[choice, 'offered[0]']], /names chat\.v/, /Protocol: x[0-9a-f]{6}/],
  ['always the same', [[choice, "'chat.v2'"]], /names chat\.v/, /Protocol: chat\.v2/],
  ['the offer as it came', [[choice, 'offer']], /names chat\.v/, /, chat\.v2/],
  ['none, ever', [[choice, 'undefined']], /names chat\.v/, /no Sec-WebSocket-Protocol/],
  [
    'a name without a look at the spaces',
    [["split(',').map((name) => name.trim())", "split(', ')"]],
    /names chat\.v/,
    /no Sec-WebSocket-Protocol/,
  ],
  [
    'a name that another one holds',
    [[choice, 'KNOWN.find((name) => String(offer).includes(name))']],
    /the offer chat\.v1x.* names none/,
    /chat\.v[12]/,
  ],
  [
    'the best, where none is known',
    [[choice, `${choice} || KNOWN[0]`]],
    /the offer x.* names none/,
    /chat\.v2/,
  ],
  [
    'the best, where none is offered',
    [[choice, `(offer === undefined ? KNOWN[0] : ${choice})`]],
    /no offer names none/,
    /chat\.v2/,
  ],
  [
    'an empty name for none',
    [
      ['if (picked !== undefined) {', '{'],
      ["Protocol', picked", "Protocol', picked || ''"],
    ],
    /the offer x.* names none/,
    /Protocol: /,
  ],
] as const;

expectCaught(
  labForChecks(),
  cheats.map(([what, swaps, fails, received]) => ({
    step: 'pick-subprotocol',
    what,
    swaps,
    fails,
    received,
  })),
);
