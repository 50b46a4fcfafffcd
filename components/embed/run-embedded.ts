// Asks the lab for a run from a page of another site: no token, no cookies, and where it fails, what the people on that page can do.
import { parseHeaderLines, type RequestParts } from '../gatewayscript-editor/parse-request.ts';
import { type Run, runAnswer } from '../lab-server/answers.ts';
import { ask } from '../lab-server/ask.ts';
import { LabProblem } from '../lab-server/lab-problem.ts';
import { givenProperties } from './given-properties.ts';

export interface EmbeddedRun {
  /** The lab's origin. */
  lab: string;
  script: string;
  /** Without it a WebSocket handshake with a fresh key. */
  request: RequestParts | null;
  /** As the page wrote them: see given-properties.ts. */
  properties: string | null;
}

/** Throws a LabProblem. */
export async function runEmbedded(
  { lab, script, request, properties }: EmbeddedRun,
  signal: AbortSignal,
): Promise<Run> {
  const text = JSON.stringify({
    script,
    ...(request && { request: sent(request) }),
    properties: givenProperties(properties),
  });
  try {
    const body = { type: 'application/json', text } as const;
    return await ask({ method: 'POST', path: `${lab}/api/runs`, body, signal }, runAnswer, [200]);
  } catch (error) {
    if (error instanceof LabProblem && error.code === 'server-away') throw await whyAway(lab, signal);
    throw error;
  }
}

function sent({ method, path, headerLines, body }: RequestParts) {
  const { headers, mistakes } = parseHeaderLines(headerLines);
  if (mistakes[0])
    throw new LabProblem(0, 'header-line', mistakes[0].message, 'Whoever wrote this page can mend it.');
  return { method, path, headers, body };
}

/** A browser does not tell a page of another site whether nobody answered or the answer was not for it. What any page may read tells. */
async function whyAway(lab: string, signal: AbortSignal): Promise<LabProblem> {
  const own = globalThis.location?.origin === lab;
  const there =
    !own &&
    (await fetch(`${lab}/embed.js`, { method: 'HEAD', cache: 'no-store', signal }).then(
      ({ ok }) => ok,
      () => false,
    ));
  signal.throwIfAborted();
  return there
    ? new LabProblem(
        403,
        'not-allowed',
        `The lab at ${lab} is there, and does not run scripts for this page.`,
        'Its operator can allow this site with EMBED_ORIGINS. Until then, open the script in the lab.',
      )
    : new LabProblem(
        0,
        'server-away',
        `The lab at ${lab} does not answer.`,
        'Try again in a moment. If it is a lab on your own machine, start it with npm start.',
      );
}
