// Exercise: only applications that subscribe to a plan connect: security in the definition, the API in a product.
import { randomBytes } from 'node:crypto';
import type { Examination, TrialCheckpoint } from '../checkpoint.ts';
import { expectAccepted } from './accepted.ts';
import { expectRefused } from './refused.ts';

const HEADER = 'X-IBM-Client-Id';

export const requireApiKey: TrialCheckpoint = {
  step: 'require-api-key',
  kind: 'trial',
  files: { 'websocket-upgrade.yaml': 'definition', 'product.yaml': 'product' },
  async check(examination) {
    const withKey = (clientId: string) => ({ headers: { [HEADER]: clientId } });
    const hint = `Security takes two places: a scheme in securityDefinitions, for the header ${HEADER}, and its name in security.`;
    await expectRefused(examination, {}, { what: 'A handshake without a client id', status: 401, hint });
    await expectRefused(examination, withKey(randomBytes(16).toString('hex')), {
      what: 'A client id that nobody has',
      status: 401,
      hint: 'The scheme has to be of type apiKey, and of the client id.',
    });

    await expectAccepted(
      examination,
      withKey(ownClientId(examination)),
      'The application of your product',
      `The definition has to ask in the header ${HEADER}, and the product has to offer the API: under apis, by x-ibm-name and version.`,
    );
    // Whoever compares with one id, in a script, does not know this one.
    const clientId = randomBytes(16).toString('hex');
    await examination.deployProduct(productWith(clientId, examination));
    await expectAccepted(
      examination,
      withKey(clientId),
      'An application that has subscribed just now',
      'Leave the comparison to the gateway: it knows all who subscribe.',
    );
  },
};

function ownClientId({ application, expect }: Examination): string {
  let clientId: string | null = null;
  try {
    clientId = application().clientId;
  } catch {
    // Told below.
  }
  expect(clientId !== null, {
    title: 'Your product has an application',
    exchange: null,
    expected: 'an application under x-lab-applications',
    received: 'none',
    hint: 'Leave my-app in the product: the checkpoint connects with its client id.',
  });
  return clientId ?? '';
}

/** A second product for the same APIs, with a subscriber that nobody has seen. */
function productWith(clientId: string, { apis }: Examination): string {
  return JSON.stringify({
    product: '1.0.0',
    info: { name: 'another', version: '1.0.0' },
    gateways: ['datapower-api-gateway'],
    apis: Object.fromEntries(apis().map(({ name, version }) => [name, { name: `${name}:${version}` }])),
    plans: { default: { title: 'Default' } },
    'x-lab-applications': [{ name: 'another-app', 'client-id': clientId, plan: 'default' }],
  });
}
