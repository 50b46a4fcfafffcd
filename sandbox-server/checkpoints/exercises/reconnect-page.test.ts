// The server that the page of the reconnect exercise gives to try a client with: it cuts, and the solution comes back and is heard.
import { test } from 'vitest';
import { testPool, testServers } from '../../backend/own-server/own-server.fixture.ts';
import { checkpointFolders, textsOf } from '../lesson-files.ts';

test('a client that reconnects does its jobs on a server that seldom stays', async () => {
  const folder = checkpointFolders().find(({ step }) => step === 'reconnect-with-back-off');
  const texts = folder && textsOf(folder, { server: 'websocket_server.js', client: 'solution.js' });
  const lab = testServers(testPool().pool);
  await lab.deploy(texts?.get('server') ?? '');
  await lab.deploy(texts?.get('client') ?? '', 8092);
  const heard = () => lab.lines().findIndex((line) => line.includes('Hears: done'));
  await lab.until(
    () =>
      heard() >= 0 &&
      lab
        .lines()
        .slice(heard())
        .some((line) => /Closed with 1006. Next try in/.test(line)),
  );
});
