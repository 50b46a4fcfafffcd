// For the tests: a run as the reference's page asks for it, with the example's request and answers.
import { contextVariables } from '../../gateway/assembly/context-variables.ts';
import type { SampleOptions } from '../sample-job.ts';
import type { Header, JsonObject, OpenTarget } from '../types.ts';
import { EXAMPLE_ANSWERS, EXAMPLE_REQUEST, EXAMPLE_VARIABLES } from './example-request.ts';

const [head = '', body = ''] = EXAMPLE_REQUEST.split('\n\n');
const [line = '', ...rows] = head.split('\n');
const [method = '', path = ''] = line.split(' ');

const headers = rows.map((row): Header => {
  const colon = row.indexOf(':');
  return [row.slice(0, colon), row.slice(colon + 1).trim()];
});

const openTarget: OpenTarget = async ({ target }) => {
  const found = EXAMPLE_ANSWERS.find((answer) => answer.target === target);
  if (!found) return { kind: 'failed', reason: 'nothing answers there' };
  return {
    kind: 'answered',
    status: found.status,
    reason: 'OK',
    headers: Object.entries(found.headers),
    body: Buffer.from(found.body),
  };
};

/** The API of `POST /api/runs`; what the examples print of it is the same there. */
const variables: JsonObject = {
  ...EXAMPLE_VARIABLES,
  ...contextVariables(
    { name: 'demo', catalog: 'sandbox' },
    {
      name: 'websocket-test',
      title: 'WebSocket test',
      version: '1.0.0',
      basePath: '/websocket-test',
      schemes: ['https', 'wss'],
      operations: [],
      properties: {},
      lab: { echo: 'upgrade', attach: 'none' },
      assembly: { execute: [], catch: [], finally: [] },
    },
    { id: null, method: 'post', path: '/' },
    'a1ab6650a1ab6650a1ab6650',
    'localhost:9443',
  ),
};

export const EXAMPLE_RUN: SampleOptions = { method, path, headers, body, openTarget, variables };
