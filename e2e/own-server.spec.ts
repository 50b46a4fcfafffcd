// Approach 1 with the reader's own server behind the gateway, from the page and from clients that are not ours; and what all of them say when it fails.
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { Page } from 'playwright/test';
import { WebSocket } from 'ws';
import { lessonFile, websocketUpgradeYaml } from './lab/lesson.ts';
import { connect, expectConnected, frames, openEditor, outcome, replaceAll } from './lab/lesson-page.ts';
import { expectShown, expectState, runHere } from './lab/terminal.ts';
import { expect, test } from './lab/test.ts';
import { wscat } from './lab/wscat.ts';

const PAGE = '/websocket-upgrade/02-server-file/';
const FILE = 'websocket_server.js';
const published = lessonFile('websocket-upgrade/02-server-file/websocket_server.js');
const reversing = published.replace('text.toUpperCase()', "[...text].reverse().join('')");
const word = () => randomBytes(6).toString('hex');
const reversed = (message: string) => `Processed message: ${[...message].reverse().join('')}`;

/** Puts a text into the editor of the server's file and deploys it. */
async function deployServer(page: Page, script: string): Promise<void> {
  await openEditor(page, FILE);
  await replaceAll(page, script);
  await page.locator('lab-server-editor').getByRole('button', { name: 'Deploy', exact: true }).click();
}

const runs = (page: Page) =>
  outcome(page.locator('lab-server-editor'), /^Runs on port 8091 of your organization/);
const log = (page: Page) => page.getByRole('log', { name: 'Console of port 8091' });

/** Deploys approach 1 to the sandbox that the page has made; gives its URL at the gateway's own port. */
async function deployApi(page: Page): Promise<string> {
  const { organization, token } = JSON.parse(
    (await page.evaluate(() => localStorage.getItem('lab.sandbox.v1'))) ?? '{}',
  );
  const answer = await page.request.put(`/api/sandboxes/${organization}/apis/websocket-upgrade`, {
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/yaml' },
    data: websocketUpgradeYaml,
  });
  expect(answer.status(), await answer.text()).toBe(200);
  const { endpoints }: { endpoints: string[] } = await answer.json();
  return endpoints.find((url) => url.startsWith('wss://')) ?? '';
}

test('the whole of approach 1 goes through the reader’s own server: from the page, its terminal, wscat and Python', async ({
  page,
}) => {
  await page.goto(PAGE);
  await deployServer(page, reversing);
  await expect(runs(page)).toBeVisible();
  await expect(log(page)).toContainText('Your server runs.');

  await page.goto('/websocket-upgrade/07-deploy/');
  await page.getByRole('button', { name: 'Deploy', exact: true }).click();
  await expect(outcome(page, /^Deployed in your organization/)).toBeVisible();
  const told = await page
    .getByText(/^wss:\/\/localhost:\d+\/[a-z]+-[a-z]+\/sandbox/)
    .first()
    .textContent();
  const url = told ?? '';

  await page.goto('/websocket-upgrade/08-test/');
  await connect(page);
  await expectConnected(page);
  const typed = word();
  await page.getByLabel('Text message').fill(typed);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(frames(page).getByText(reversed(typed))).toBeVisible();

  await runHere(page).click();
  await expectShown(page, 'Welcome to the WebSocket server!');
  const toTerminal = word();
  await page.keyboard.type(toTerminal);
  await page.keyboard.press('Enter');
  // websocat sends the line with its end, which the server puts in front.
  await expectShown(page, new RegExp(`Processed message:\\s+${[...toTerminal].reverse().join('')}`));

  const toWscat = word();
  expect(await wscat(url, toWscat)).toContain(reversed(toWscat));
  const toPython = word();
  if (hasPython)
    expect(await python(url, toPython)).toBe(`Welcome to the WebSocket server!\n${reversed(toPython)}\n`);
  test
    .info()
    .annotations.push({ type: 'python3-websockets', description: hasPython ? 'spoken with' : 'not here' });

  // The same file stands in the next step, and its console has it all.
  await page.goto('/websocket-upgrade/03-start-server/');
  await expect(log(page)).toContainText(`Received message: ${toWscat}`);
  await page.locator('lab-server-editor').getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(outcome(page, /^Stopped\. On port 8091 the uppercase server answers again\.$/)).toBeVisible();
  await expect(log(page)).toContainText('Your server has stopped.');
  expect(await wscat(url, 'abc')).toContain('Processed message: ABC');
});

const SERVER =
  "const { WebSocketServer } = require('ws');\nconst server = new WebSocketServer({ port: 8091 });\n";
const onMessage = (code: string) =>
  `${SERVER}server.on('connection', (socket) => {\n  socket.send('hello');\n  socket.on('message', (data) => {\n${code}\n  });\n});\n`;

/** Line 6 is the first of the code. */
const failures: [name: string, script: string, told: RegExp, line: number | null][] = [
  [
    'throws',
    onMessage('    data.nothing.more;'),
    /TypeError: Cannot read properties of undefined \(reading 'more'\)/,
    6,
  ],
  ['loops', onMessage('    for (;;) {}'), /one event took more than 150 ms of processor time/, 6],
  [
    'leaks',
    onMessage('    const all = [];\n    for (;;) all.push(new Float64Array(1e5));'),
    /used up its 16 MiB of memory/,
    7,
  ],
  [
    'floods',
    onMessage("    for (;;) for (const each of server.clients) each.send('x'.repeat(1e5));"),
    /one event took more|bytes waited/,
    6,
  ],
  [
    'stands still in the engine, so that its process is killed',
    onMessage("    new Array(1e9) + '';"),
    /in a single step of the engine/,
    null,
  ],
];

for (const [name, script, told, line] of failures) {
  test(`a server that ${name}: three clients are told 1011, the page says where, and another deployment mends it`, async ({
    page,
  }) => {
    await page.goto(PAGE);
    await deployServer(page, script);
    await expect(runs(page)).toBeVisible();
    const url = await deployApi(page);
    const clients = [0, 1, 2].map(() => new WebSocket(url, { rejectUnauthorized: false }));
    await Promise.all(clients.map((client) => once(client, 'message')));
    const ends = clients.map((client) => once(client, 'close').then(([code, why]) => `${code} ${why}`));
    clients[1]?.send('now');
    expect(await Promise.all(ends)).toEqual(Array(3).fill('1011 The server has crashed'));

    await expect(log(page)).toContainText('Your server has crashed. Its clients are told 1011.');
    await expect(log(page)).toContainText(told);
    if (line !== null) {
      await log(page)
        .getByRole('button', { name: `Go to line ${line}` })
        .click();
      await expect(page.getByRole('textbox', { name: /websocket_server\.js/ })).toBeFocused();
    }
    const refused = new WebSocket(url, { rejectUnauthorized: false });
    expect(String((await once(refused, 'error'))[0])).toContain('Unexpected server response: 50');

    await deployServer(page, published);
    await expect(runs(page)).toBeVisible();
    const again = new WebSocket(url, { rejectUnauthorized: false });
    expect(String((await once(again, 'message'))[0])).toBe('Welcome to the WebSocket server!');
    again.terminate();
  });
}

test('in the page’s terminal node starts the file of the editor, prints a crash as Node does, and Ctrl-C stops it', async ({
  page,
}) => {
  const [first, edited] = [word(), word()];
  const greeting = (text: string) => published.replace('Welcome to the WebSocket server!', text);
  await page.goto('/websocket-upgrade/03-start-server/');
  await openEditor(page, FILE);
  await replaceAll(page, greeting(first));
  await page.getByRole('button', { name: 'Run here: node websocket_server.js' }).click();
  await expectShown(page, 'Your file as it stands in the editor, on port 8091');
  await expect(log(page)).toContainText('Your server runs.');
  const url = await deployApi(page);
  const clients = [0, 1, 2].map(() => new WebSocket(url, { rejectUnauthorized: false }));
  const ends = clients.map((client) => once(client, 'close').then(([code]) => code));
  const greetings = await Promise.all(clients.map((client) => once(client, 'message')));
  expect(greetings.map(([data]) => String(data))).toEqual(Array(3).fill(first));
  await expectShown(page, 'Client connected');
  await page.locator('lab-terminal .xterm-helper-textarea').press('Control+c');
  expect(await Promise.all(ends)).toEqual(Array(3).fill(1006));
  await expectShown(page, 'Stopped. On port 8091 the tutorial');
  await expect(log(page)).toContainText('Ctrl-C ended it.');

  // On a page without an editor the edited file is still the reader's.
  await openEditor(page, FILE);
  await replaceAll(page, greeting(edited).replace("console.log('Client connected');", 'null.client;'));
  await page.goto('/websocket-upgrade/08-test/');
  await runHere(page).click();
  await expectShown(page, 'Welcome to the WebSocket server!');
  await page.locator('lab-terminal .xterm-helper-textarea').press('Control+c');
  await expectState(page, /^Ready/);
  await page.keyboard.type(`node ${FILE}`);
  await page.keyboard.press('Enter');
  await expectShown(page, 'Your file as it stands in the editor');
  new WebSocket(url, { rejectUnauthorized: false }).on('error', () => {});
  await expectShown(page, /websocket_server\.js:7 *null\.client; *\^ *TypeError:/);
});

test('a server that does not start is not deployed: the line is marked and told, and what ran before runs on', async ({
  page,
}) => {
  await page.goto(PAGE);
  await deployServer(page, published);
  await expect(runs(page)).toBeVisible();
  await deployServer(page, published.replace('port: 8091', 'port: 9000'));
  const editor = page.locator('lab-server-editor');
  await expect(outcome(editor, /^Not deployed, and nothing has changed\.$/)).toBeVisible();
  await expect(
    editor.getByText(/port 9000 is not the one that this server is deployed to/).first(),
  ).toBeVisible();
  await editor.getByRole('button', { name: 'Go to line 4' }).click();
  const url = await deployApi(page);
  const client = new WebSocket(url, { rejectUnauthorized: false });
  expect(String((await once(client, 'message'))[0])).toBe('Welcome to the WebSocket server!');
  client.terminate();
});

/** Debian's python3-websockets, where it is installed. */
const hasPython = spawnSync('python3', ['-c', 'import websockets']).status === 0;
const CLIENT = `
import asyncio, ssl, sys, websockets
async def main(url, message):
    context = ssl._create_unverified_context()
    async with websockets.connect(url, ssl=context) as socket:
        print(await socket.recv())
        await socket.send(message)
        print(await socket.recv())
asyncio.run(main(*sys.argv[1:]))`;

async function python(url: string, message: string): Promise<string> {
  const client = spawn('python3', ['-c', CLIENT, url, message], { stdio: ['ignore', 'pipe', 'inherit'] });
  return text(client.stdout);
}
