// Prints what a lesson's files do today: the same sends the page makes, over HTTP and WebSocket, to a running lab.
// What differs from run to run (keys, names, ports, times) is put into a fixed form, so that prints can be compared.
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { z } from 'zod';
import type { Lesson } from './lesson.ts';
import { textOf } from './lesson.ts';

export interface LabUrls {
  page: string;
  gateway: string;
}

const jsonObject = z.record(z.string(), z.json());
const sandboxSchema = z.object({ organization: z.string(), token: z.string() });

/** Parses a request as on the wire: request line, headers, an empty line, body. */
function parseRequest(text: string) {
  const [head = '', ...body] = text.replaceAll('\r\n', '\n').split('\n\n');
  const [requestLine = '', ...lines] = head.trimEnd().split('\n');
  const [method = '', path = ''] = requestLine.split(' ');
  const headers: Record<string, string[]> = {};
  for (const line of lines) {
    const [name = '', ...value] = line.split(':');
    headers[name] = [...(headers[name] ?? []), value.join(':').trim()];
  }
  const rest = body.join('\n\n');
  return { method, path, headers, ...(rest.trim() === '' ? {} : { body: rest }) };
}

/** Replaces ports, organization and transaction ids, which are others each time, by those that the pages show. Headers stand as pairs or as lines. */
export function withFixedNames(text: string, { page, gateway }: LabUrls, organization: string): string {
  return text
    .replaceAll(new URL(gateway).host, 'localhost:9443')
    .replaceAll(new URL(page).host, 'localhost:4321')
    .replaceAll(organization, 'maple-heron')
    .replaceAll(
      /(?<name>X-Global-Transaction-ID(?:",\s*"|: ))[0-9a-f]{24}/gi,
      '$<name>5f3e1a0c9b7d4e2f8a6c1b30',
    );
}

function inFixedForm(text: string, urls: LabUrls, organization: string): unknown {
  return JSON.parse(withFixedNames(text, urls, organization));
}

async function post(url: string, body: unknown): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

export async function printRun(lab: LabUrls, lesson: Lesson, run: Lesson['runs'][number]): Promise<unknown> {
  const answer = await post(`${lab.page}/api/runs`, {
    script: textOf(lesson, run.script),
    request: parseRequest(textOf(lesson, run.request)),
    properties: run.properties,
  });
  const { durationMs: _durationMs, log: _log, ...printed } = jsonObject.parse(await answer.json());
  return inFixedForm(JSON.stringify(printed), lab, 'maple-heron');
}

export async function printDeployment(
  lab: LabUrls,
  lesson: Lesson,
  { definition, api, as }: Lesson['deployments'][number],
): Promise<unknown> {
  const created = await post(`${lab.page}/api/sandboxes`, {});
  const { organization, token } = sandboxSchema.parse(await created.json());
  const answer = await fetch(`${lab.page}/api/sandboxes/${organization}/${as}/${api}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/yaml' },
    body: textOf(lesson, definition),
  });
  return inFixedForm(await answer.text(), lab, organization);
}

interface FrameRow {
  /** Milliseconds since the connect began. */
  at: number;
  direction: 'sent' | 'received' | 'handshake';
  opcode: number | null;
  length: number;
  payload: string;
}

/** Connects as the page does, sends each text when the last was answered, closes with 1000. */
export async function printConversation(
  lab: LabUrls,
  { organization, path, send }: Lesson['conversations'][number],
): Promise<FrameRow[]> {
  const began = performance.now();
  const rows: FrameRow[] = [];
  const tell = (direction: FrameRow['direction'], opcode: number | null, payload: string) =>
    rows.push({
      at: Math.round(performance.now() - began),
      direction,
      opcode,
      length: Buffer.byteLength(payload),
      payload,
    });

  const url = new URL(`/gateway/${organization}/sandbox${path}`, lab.page.replace(/^http/, 'ws'));
  const socket = new WebSocket(url);
  const left = [...send];
  socket.on('open', () => tell('handshake', null, '101 Switching Protocols'));
  socket.on('message', (data) => {
    tell('received', 1, String(data));
    const next = left.shift();
    if (next === undefined) return socket.close(1000);
    tell('sent', 1, next);
    socket.send(next);
  });
  await once(socket, 'close');
  return rows;
}
