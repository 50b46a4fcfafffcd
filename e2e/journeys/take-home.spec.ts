// What a reader takes home works at home: the server runs, and the definitions deploy.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { unzipSync } from 'fflate';
import { WebSocket } from 'ws';
import { openEditor, replaceAll } from '../lab/lesson-page.ts';
import { createSandbox } from '../lab/sandbox.ts';
import { expect, test } from '../lab/test.ts';

test('the zip has the reader’s own script; its definitions deploy without a diagnostic, and its server answers', async ({
  page,
  request,
}) => {
  const mark = randomBytes(5).toString('hex');
  await page.goto('/gatewayscript/02-handshake-handler/');
  await openEditor(page, 'handler.js');
  await replaceAll(page, `console.error('${mark}');\n`);
  await page.goto('/wrapping-up/');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Take it home' }).click();
  const zip = unzipSync(new Uint8Array(readFileSync(await (await download).path())));
  const folder = mkdtempSync(join(tmpdir(), 'lab-home-'));
  const text = (name: string) => Buffer.from(zip[`websocket-lab/${name}`] ?? []).toString('utf8');
  expect(text('handler.js')).toContain(mark);
  expect(text('websocket-test.yaml')).toContain(mark);

  const sandbox = await createSandbox(request);
  for (const name of ['websocket-upgrade', 'websocket-test']) {
    const answer = await request.put(`/api/sandboxes/${sandbox.organization}/apis/${name}`, {
      headers: { authorization: `Bearer ${sandbox.token}`, 'content-type': 'application/yaml' },
      data: text(`${name}.yaml`),
    });
    expect((await answer.json()).diagnostics).toEqual([]);
  }

  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(new URL('../../node_modules/ws', import.meta.url).pathname, join(folder, 'node_modules', 'ws'));
  // The file as it is, but on a port that is free here.
  writeFileSync(
    join(folder, 'websocket_server.js'),
    text('websocket_server.js').replace('port: 8091', 'port: 0'),
  );
  writeFileSync(
    join(folder, 'tell-port.cjs'),
    "const { Server } = require('node:net'); const { listen } = Server.prototype; Server.prototype.listen = function (...a) { this.once('listening', () => console.log('port ' + this.address().port)); return listen.apply(this, a); };",
  );
  const server = spawn(process.execPath, ['--require', './tell-port.cjs', 'websocket_server.js'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const [line] = await once(createInterface({ input: server.stdout }), 'line');
    const socket = new WebSocket(`ws://127.0.0.1:${/\d+/.exec(String(line))?.[0]}`);
    await once(socket, 'message');
    socket.send(mark);
    expect(String((await once(socket, 'message'))[0])).toBe(`Processed message: ${mark.toUpperCase()}`);
    socket.close();
  } finally {
    server.kill();
    rmSync(folder, { recursive: true });
  }
});
