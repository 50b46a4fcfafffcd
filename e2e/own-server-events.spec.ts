// A learner's server that throws, loops, leaks or floods, in each of its events: what three clients are told, and what the page says.
import { once } from 'node:events';
import type { Page } from 'playwright/test';
import { WebSocket } from 'ws';
import { websocketUpgradeYaml } from './lab/lesson.ts';
import { openEditor, outcome, replaceAll } from './lab/lesson-page.ts';
import { startLab } from './lab/server.ts';
import { expect, test } from './lab/test.ts';

const PAGE = '/websocket-upgrade/02-server-file/';

/** Each stands on the line below the event's. */
const attacks = {
  throws: { code: 'null.nothing;', told: /TypeError/ },
  loops: { code: 'for (;;) {}', told: /one event took more than 150 ms/ },
  leaks: {
    code: 'const all = []; for (;;) all.push(new Float64Array(1e5));',
    told: /used up its 16 MiB of memory|one event took more/,
  },
  floods: {
    code: "for (;;) for (const each of server.clients) each.send('x'.repeat(1e5));",
    told: /one event took more|bytes waited|memory/,
  },
};

interface ServerEvent {
  /** Behind the server's first two lines; the attack takes the place of `ATTACK`, on line 4. */
  script: string;
  /** What the first of three connected clients does, where one has to. */
  act?(client: WebSocket): void;
  /** What it is told, where that is not what all are told; or a further client comes, which is refused. */
  told?: string;
  another?: { protocols: string[] };
}

const onSocket = (event: string) =>
  `server.on('connection', (socket) => { socket.on('${event}', () => {\nATTACK\n}); });`;

const events: Record<string, ServerEvent> = {
  connection: {
    script: "server.on('connection', (socket) => { if (server.clients.size === 3) {\nATTACK\n} });",
  },
  message: { script: onSocket('message'), act: (client) => client.send('now') },
  close: { script: onSocket('close'), act: (client) => client.close(4000, 'mine'), told: '4000 mine' },
  ping: { script: onSocket('ping'), act: (client) => client.ping() },
  pong: { script: onSocket('pong'), act: (client) => client.pong() },
  error: {
    script: onSocket('error'),
    // A text frame whose byte is no UTF-8.
    act: (client) => client.send(Buffer.from([0xff]), { binary: false }),
    told: '1007',
  },
  timer: {
    script:
      "server.on('connection', (socket) => { if (server.clients.size === 3) setTimeout(() => {\nATTACK\n}, 5); });",
  },
  verifyClient: {
    script: `server.options.verifyClient = () => { if (server.clients.size < 3) return true;\nATTACK\n};`,
    another: { protocols: [] },
  },
  handleProtocols: {
    script: `server.options.handleProtocols = () => {\nATTACK\n};`,
    another: { protocols: ['chat'] },
  },
};

const SERVER =
  "const { WebSocketServer } = require('ws');\nconst server = new WebSocketServer({ port: 8091 });";
const CRASHED = '1011 The server has crashed';

interface Sandbox {
  organization: string;
  token: string;
  url: string;
}

const originOf = (page: Page) => new URL(page.url()).origin;

/** The page's sandbox with approach 1 in it, made by the first deployment from the page. */
async function prepared(page: Page): Promise<Sandbox> {
  await openEditor(page, 'websocket_server.js');
  await page.locator('lab-server-editor').getByRole('button', { name: 'Deploy', exact: true }).click();
  await expect(outcome(page, /^Runs on port 8091/)).toBeVisible();
  const { organization, token } = JSON.parse(
    (await page.evaluate(() => localStorage.getItem('lab.sandbox.v1'))) ?? '{}',
  );
  const answer = await page.request.put(
    `${originOf(page)}/api/sandboxes/${organization}/apis/websocket-upgrade`,
    {
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/yaml' },
      data: websocketUpgradeYaml,
    },
  );
  const { endpoints }: { endpoints: string[] } = await answer.json();
  return { organization, token, url: endpoints.find((each) => each.startsWith('wss://')) ?? '' };
}

async function deploy(page: Page, { organization, token }: Sandbox, script: string): Promise<void> {
  const answer = await page.request.put(`${originOf(page)}/api/sandboxes/${organization}/servers/8091`, {
    headers: { authorization: `Bearer ${token}`, 'content-type': 'text/javascript' },
    data: script,
  });
  expect(answer.status(), await answer.text()).toBe(200);
}

const client = (url: string, protocols: string[] = []) =>
  new WebSocket(url, protocols, { rejectUnauthorized: false }).on('error', () => {});

/** Three connected clients, and how each will end. */
async function threeClients(url: string) {
  const clients = [0, 1, 2].map(() => client(url));
  const ends = clients.map((each) => once(each, 'close').then(([code, why]) => `${code} ${why}`.trim()));
  await Promise.all(clients.map((each) => once(each, 'open')));
  return { clients, ends };
}

const log = (page: Page) => page.getByRole('log', { name: 'Console of port 8091' });

for (const [how, { code, told }] of Object.entries(attacks)) {
  test(`a server that ${how} in any of its events ends alone: three clients are told, and the page says where`, async ({
    page,
  }) => {
    await page.goto(PAGE);
    const sandbox = await prepared(page);
    const crashes = log(page).getByRole('row').filter({ hasText: 'Your server has crashed.' });
    let count = 0;
    for (const [name, { script, act, told: own = CRASHED, another }] of Object.entries(events)) {
      await test.step(name, async () => {
        await deploy(page, sandbox, `${SERVER}\n${script.replace('ATTACK', code)}`);
        const { clients, ends } = await threeClients(sandbox.url);
        if (clients[0]) act?.(clients[0]);
        if (another) {
          const [error] = await once(client(sandbox.url, another.protocols), 'error');
          expect(String(error)).toMatch(/Unexpected server response: 50/);
        }
        expect(await Promise.all(ends), name).toEqual([own, CRASHED, CRASHED]);
        count += 1;
        await expect(crashes, name).toHaveCount(count);
        await expect(crashes.last()).toContainText(told);
        await expect(crashes.last()).toContainText('Go to line 4');
      });
    }
  });
}

test('a server that fails at its top level is not deployed, however it fails: the page says where, and its clients stay', async ({
  page,
}) => {
  await page.goto(PAGE);
  const sandbox = await prepared(page);
  const { clients } = await threeClients(sandbox.url);
  const editor = page.locator('lab-server-editor');
  for (const [how, { code }] of Object.entries(attacks)) {
    // Nobody is connected to a server that starts: it floods whoever reads its console.
    const attack = how === 'floods' ? "for (;;) console.log('x'.repeat(1e5));" : code;
    await test.step(how, async () => {
      await editor.getByRole('textbox').focus();
      await replaceAll(page, `${SERVER}\n// ${how}\n${attack}`);
      await editor.getByRole('button', { name: 'Deploy', exact: true }).click();
      await expect(outcome(editor, /^Not deployed, and nothing has changed\.$/)).toBeVisible();
      await expect(editor.getByRole('button', { name: 'Go to line 4' })).toBeVisible();
    });
  }
  expect(clients.map(({ readyState }) => readyState)).toEqual(Array(3).fill(WebSocket.OPEN));
  for (const each of clients) each.terminate();
});

test('the lab’s own process is killed while three clients are connected: each sees 1006, and the page says that it is away', async ({
  page,
}) => {
  const lab = await startLab();
  await page.goto(lab.page + PAGE);
  const sandbox = await prepared(page);
  const { ends } = await threeClients(sandbox.url);
  lab.process.kill('SIGKILL');
  expect(await Promise.all(ends)).toEqual(Array(3).fill('1006'));
  await expect(page.getByText('(not live at the moment)')).toBeVisible();
  await page.locator('lab-server-editor').getByRole('button', { name: 'Deploy', exact: true }).click();
  await expect(page.getByText(/server does not answer/).first()).toBeVisible();
  await lab.stop();
});
